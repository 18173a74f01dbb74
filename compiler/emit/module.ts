import { carries } from './backends.js';
import { header } from './header.js';
import { initialText } from './initial.js';
import { className, fileName, opName } from './identity.js';
import type { FunctionName, Piece, Slot } from './piece.js';
import { shaderText } from './shader.js';
import { TEMPLATE } from './template.js';
import type { Activation } from '../activation.js';
import { composedBackwardBody, composedForwardBody, CORE_FUNCTIONS, RUNTIME_FUNCTIONS } from '../targets/tfjs.js';
import { backwardBody, forwardBody } from '../targets/typescript.js';
import { safeRadius } from '../stages/radius.js';
import type { Output } from '../stages/share.js';
import { base64 } from '../targets/wasm/bytes.js';
import { encodeModule } from '../targets/wasm/encode.js';
import { activationModule } from '../targets/wasm/module.js';

/** The path and the text of one activation's module: templates/activation.ts with the mathematics filled in. */
export function emitModule(activation: Activation): [path: string, text: string] {
  const { spec, names, doubles, singles } = activation;
  const bodies: Readonly<Record<FunctionName, string>> = {
    forward: forwardBody(names, doubles.forward),
    backward: backwardBody(names, doubles.backward),
    composedForward: composedForwardBody(names, singles.forward),
    composedBackward: composedBackwardBody(names, singles.backward),
  };
  const indented = Object.entries(bodies).map(([name, body]) => [name, `\n${body.replace(/^(?=.)/gm, '  ')}\n`]);
  const slots: Readonly<Record<Slot, string>> = {
    ...(Object.fromEntries(indented) as typeof bodies),
    spec: specText(activation),
    ...(carries(spec, 'wasm') ? wasmTexts(activation) : { wasm: '', wasmComment: '' }),
    shader: carries(spec, 'webgpu', 'webgl') ? shaderText(activation) : '',
    className: className(spec),
    opName: opName(spec),
  };
  const called = callsIn(Object.values(bodies).join('\n'));
  const write = (piece: Piece): string => {
    if ('text' in piece) return piece.text;
    if ('slot' in piece) return slots[piece.slot];
    if ('imports' in piece) return importStatement(piece.from, piece.imports, called);
    return isUsed(piece.parameter, bodies[piece.of]) ? piece.parameter : `_${piece.parameter}`;
  };
  const pieces = TEMPLATE.filter((piece) => piece.carries === undefined || carries(spec, ...piece.carries));
  return [fileName(spec), `${header(activation)}\n/* eslint-disable */\n${pieces.map(write).join('')}`];
}

/** The WebAssembly module, and what the comment above it says. */
function wasmTexts(activation: Activation): Readonly<Record<'wasm' | 'wasmComment', string>> {
  const [plain, relaxed] = [false, true].map((fused) => encodeModule(activationModule(activation, fused)));
  const { bytes, limitsAt } = plain!;
  const text = (name: string, module: Uint8Array): string => {
    const lines = base64(module).match(/.{1,96}/g)!;
    return `  ${name}:\n${lines.map((line) => `    '${line}'`).join(' +\n')},\n`;
  };
  // Where no radius is safe there are doubles only, and nothing to fuse.
  const both = text('base64', bytes) + (isSame(bytes, relaxed!.bytes) ? '' : text('relaxed', relaxed!.bytes));
  const comment = wasmComment(activation, bytes.length).map((line) => `\n * ${line}`);
  return { wasm: `Object.freeze({\n  limitsAt: ${limitsAt},\n${both}})`, wasmComment: `${comment.join('')}\n ` };
}

const isSame = (a: Uint8Array, b: Uint8Array): boolean => a.length === b.length && a.every((byte, i) => byte === b[i]);

function wasmComment({ plain }: Activation, size: number): readonly string[] {
  const way = (outputs: readonly Output[]): string => {
    const radius = safeRadius(outputs);
    return radius === undefined ? 'doubles' : `float32 vectors where |x| <= ${radius}, doubles elsewhere`;
  };
  return [
    `The kernels of the wasm backend: ${size} bytes of WebAssembly in base64, where in them the memory is described, and the`,
    'same with the fused multiply-add of relaxed SIMD, for engines that have it.',
    `Forwards: ${way(plain.forward)}.`,
    `Backwards: ${way(plain.backward)}.`,
  ];
}

/** Whether a body holds the name, as a word: bodies are mathematics, without texts and comments. */
const isUsed = (name: string, body: string): boolean => new RegExp(`\\b${name}\\b`).test(body);

const callsIn = (text: string): ReadonlySet<string> =>
  new Set([...text.matchAll(/\b[a-z][A-Za-z0-9]*(?=\()/g)].map(([name]) => name));

/** Imports what the template does, but of the functions that bodies call exactly those that are called. */
function importStatement(module: string, written: readonly string[], called: ReadonlySet<string>): string {
  const functions = module === 'opau/runtime' ? RUNTIME_FUNCTIONS : CORE_FUNCTIONS;
  const fixed = written.filter((name) => !functions.includes(name));
  const names = [...functions.filter((name) => called.has(name)), ...fixed].sort(byName);
  const oneLine = `import { ${names.join(', ')} } from '${module}';`;
  const lines = ['import {', ...names.map((name) => `  ${name},`), `} from '${module}';`];
  return oneLine.length <= 100 ? oneLine : lines.join('\n');
}

/** Alphabetically, types among the values. */
const byName = (a: string, b: string): number => {
  const [x, y] = [a, b].map((name) => name.replace('type ', '').toLowerCase());
  return x! < y! ? -1 : 1;
};

function specText({ spec, fit }: Activation): string {
  return [
    'Object.freeze({',
    `  basis: '${spec.family.name}',`,
    ...(spec.domain === undefined
      ? []
      : [`  domain: Object.freeze([${spec.domain.map((end) => `'${end.toFraction()}'`).join(', ')}] as const),`]),
    ...(spec.normalise ? ['  normalise: true,'] : []),
    `  m: ${spec.m},`,
    `  n: ${spec.n},`,
    `  denominator: '${spec.denominator}',`,
    ...initialText(spec, fit).map((line) => `  ${line}`),
    '} as const)',
  ].join('\n');
}
