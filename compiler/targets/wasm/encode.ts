import { float, list, name, section, signed, uint32, unsigned } from './bytes.js';
import { isStructure, type Code, type ValueType, type WasmFunction, type WasmModule } from './code.js';
import { OPCODES, type ImmediateKind } from './opcodes.js';

const TYPES = { i32: 0x7f, f32: 0x7d, f64: 0x7c, v128: 0x7b } as const satisfies Record<ValueType, number>;
const STRUCTURES = { block: 0x02, loop: 0x03, if: 0x04 } as const;
/** Constant instructions for the start of globals. */
const ZERO = { f64: [0x44, ...float(0, 8)], v128: [0xfd, 0x0c, ...Array<number>(16).fill(0)] } as const;
const [NO_RESULT, END] = [0x40, 0x0b];

/** Limits of the imported memory: from 0 pages up. Written in five bytes, so that the shared form takes their place. */
const PLAIN_LIMITS = [0x00, 0x80, 0x80, 0x80, 0x00];

export interface EncodedModule {
  readonly bytes: Uint8Array;
  /**
   * Where the five bytes of the memory's limits lie. Threaded builds of tfjs have a shared memory, which an import must
   * say: the runtime then writes 03 00 80 80 04 (shared, 0 to 65,536 pages) over them.
   */
  readonly limitsAt: number;
}

export function encodeModule({ globals, functions }: WasmModule): EncodedModule {
  const signature = (f: WasmFunction): number[] => [
    0x60,
    ...list(f.parameters.map(([, type]) => [TYPES[type]])),
    ...list(f.result === undefined ? [] : [[TYPES[f.result]]]),
  ];
  const index = new Map(functions.map((f, i) => [f.name, i]));
  const exported = functions.filter((f) => f.exported);
  const before = [0x00, 0x61, 0x73, 0x6d, 1, 0, 0, 0, ...section(1, list(functions.map(signature)))];
  const imported = section(2, list([[...name('env'), ...name('memory'), 0x02, ...PLAIN_LIMITS]]));
  const bytes = Uint8Array.from([
    ...before,
    ...imported,
    ...section(3, list(functions.map((_, i) => unsigned(i)))),
    ...section(6, list(globals.map(([, type]) => [TYPES[type], 1, ...ZERO[type], END]))),
    ...section(7, list(exported.map((f) => [...name(f.name), 0x00, ...unsigned(index.get(f.name)!)]))),
    ...section(
      10,
      list(
        functions.map((f) =>
          encodeFunction(
            f,
            globals.map(([global]) => global),
            index,
          ),
        ),
      ),
    ),
  ]);
  return { bytes, limitsAt: before.length + imported.length - PLAIN_LIMITS.length };
}

function encodeFunction(f: WasmFunction, globals: readonly string[], functions: ReadonlyMap<string, number>): number[] {
  const locals = new Map([...f.parameters, ...f.locals].map(([local], i) => [local, i]));
  const globalIndex = new Map(globals.map((global, i) => [global, i]));
  const out: number[] = [];
  const labels: string[] = [];
  const find = (table: ReadonlyMap<string, number>, key: unknown): number[] => {
    const position = table.get(String(key));
    if (position === undefined) throw new RangeError(`nothing is called ${String(key)} in ${f.name}`);
    return unsigned(position);
  };
  const immediate = (kind: ImmediateKind, value: string | number | undefined): readonly number[] => {
    switch (kind) {
      case 'none':
        return [];
      case 'local':
        return find(locals, value);
      case 'global':
        return find(globalIndex, value);
      case 'function':
        return find(functions, value);
      case 'label':
        return unsigned(labels.length - 1 - labels.lastIndexOf(String(value)));
      case 'memory4':
      case 'memory16':
        return [2, ...unsigned(Number(value))];
      case 'lane':
        return [Number(value)];
      case 'lane4':
        return [2, 0, Number(value)];
      case 'bytes':
        return String(value).split(' ').map(Number);
      case 'i32':
        return signed(Number(value));
      case 'f32':
        return float(Number(value), 4);
      case 'f64':
        return float(Number(value), 8);
      case 'f32x4':
        return Array.from({ length: 4 }, () => float(Number(value), 4)).flat();
      case 'i32x4':
        return Array.from({ length: 4 }, () => uint32(Number(value))).flat();
      case 'f64x2':
        return Array.from({ length: 2 }, () => float(Number(value), 8)).flat();
      default:
        return kind satisfies never;
    }
  };
  const emit = (code: Code): void => {
    if (isStructure(code)) {
      if (code.condition !== undefined) emit(code.condition);
      out.push(STRUCTURES[code.op], NO_RESULT);
      labels.push(code.label);
      code.body.forEach(emit);
      labels.pop();
      out.push(END);
      return;
    }
    code.operands.forEach(emit);
    const { code: number, simd, immediate: kind } = OPCODES[code.op];
    out.push(...(simd ? [0xfd, ...unsigned(number)] : [number]), ...immediate(kind, code.immediate));
  };
  f.body.forEach(emit);
  const content = [...localRuns(f), ...out, END];
  return [...unsigned(content.length), ...content];
}

/** Locals are declared as runs of one type. */
function localRuns({ locals }: WasmFunction): number[] {
  const runs: { count: number; type: ValueType }[] = [];
  for (const [, type] of locals) {
    const last = runs.at(-1);
    if (last?.type === type) last.count++;
    else runs.push({ count: 1, type });
  }
  return list(runs.map(({ count, type }) => [...unsigned(count), TYPES[type]]));
}
