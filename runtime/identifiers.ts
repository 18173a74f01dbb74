import { serialization } from '@tensorflow/tfjs-core';

/** `{ className, config }`, as tfjs writes initialisers, regularisers and constraints into a model's JSON. */
export interface SerializedObject {
  readonly className: string;
  readonly config: serialization.ConfigDict;
}

/** What tfjs layers accept for such an argument: an instance, its name, its serialised form, or nothing. */
export type Identifier<T> = T | string | SerializedObject | null | undefined;

/** Names that tfjs spells otherwise than by a capital letter. */
const SPECIAL: Readonly<Record<string, string>> = { l1l2: 'L1L2' };

/** The instance that an identifier stands for. Throws an Error that quotes a name tfjs does not know. */
export function resolve<T extends serialization.Serializable>(what: string, identifier: Identifier<T>): T | undefined {
  if (identifier === null || identifier === undefined) return undefined;
  if (identifier instanceof serialization.Serializable) return identifier as T;
  const { className, config } =
    typeof identifier === 'string' ? { className: identifier, config: {} } : (identifier as SerializedObject);
  const { classNameMap } = serialization.SerializationMap.getMap();
  const name = SPECIAL[className] ?? className.charAt(0).toUpperCase() + className.slice(1);
  const entry = classNameMap[className] ?? classNameMap[name];
  if (entry === undefined)
    throw new Error(`unknown ${what} "${className}": use a name or an object of tfjs, such as "zeros"`);
  const [cls, fromConfig] = entry as unknown as [
    serialization.SerializableConstructor<T>,
    serialization.FromConfigMethod<T>,
  ];
  return fromConfig(cls, config);
}

/** The serialised form of an instance, for getConfig. */
export const serialise = (instance: serialization.Serializable | undefined): serialization.ConfigDict | null =>
  instance === undefined ? null : { className: instance.getClassName(), config: instance.getConfig() };
