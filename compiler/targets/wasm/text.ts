import { isStructure, type Code, type Local, type WasmFunction, type WasmModule } from './code.js';
import { OPCODES, type ImmediateKind } from './opcodes.js';
import { FLOAT32, FLOAT64, shortest, type FloatFormat } from '../number.js';

const WIDTH = 110;

/** The module in WebAssembly's text format, for readers: instructions folded around their operands. */
export function moduleText({ globals, functions }: WasmModule): string {
  return [
    '(module',
    '  (import "env" "memory" (memory 0))',
    ...globals.map(([name, type]) => {
      const zero = type === 'f64' ? 'f64.const 0' : 'v128.const f64x2 0 0';
      return `  (global $${name} (mut ${type}) (${zero}))`;
    }),
    ...functions.flatMap((f) => ['', ...functionText(f)]).map((line) => (line === '' ? '' : `  ${line}`)),
    ')',
    '',
  ].join('\n');
}

function functionText(f: WasmFunction): readonly string[] {
  const declare = (word: string, locals: readonly Local[]): string[] =>
    locals.map(([name, type]) => `(${word} $${name} ${type})`);
  return [
    `(func $${f.name}${f.exported ? ` (export "${f.name}")` : ''}`,
    ...fold([...declare('param', f.parameters), ...(f.result === undefined ? [] : [`(result ${f.result})`])], '    '),
    ...fold(declare('local', f.locals), '    '),
    ...f.body.flatMap((code) => lines(code)).map((line) => `  ${line}`),
    ')',
  ];
}

/** Pieces in as many lines as they need. */
function fold(pieces: readonly string[], indent: string): string[] {
  const result: string[] = [];
  for (const piece of pieces) {
    const last = result.at(-1);
    if (last !== undefined && last.length + piece.length < WIDTH) result[result.length - 1] = `${last} ${piece}`;
    else result.push(indent + piece);
  }
  return result;
}

function lines(code: Code): readonly string[] {
  if (isStructure(code)) {
    const head = `(${code.op}${code.op === 'if' ? ` ${flat(code.condition!)} (then` : ` $${code.label}`}`;
    return [head, ...code.body.flatMap(lines).map((line) => `  ${line}`), code.op === 'if' ? '))' : ')'];
  }
  const whole = flat(code);
  const inner = code.operands;
  if (whole.length <= WIDTH || inner.length === 0) return [whole];
  const operandLines = inner.flatMap(lines).map((line) => `  ${line}`);
  return [`(${opener(code.op, code.immediate)}`, ...operandLines.slice(0, -1), `${operandLines.at(-1)!})`];
}

/** On one line. */
function flat(code: Code): string {
  if (isStructure(code)) return lines(code).join(' ');
  return `(${[opener(code.op, code.immediate), ...code.operands.map(flat)].join(' ')})`;
}

function opener(op: keyof typeof OPCODES, immediate: string | number | undefined): string {
  const written = immediateText(OPCODES[op].immediate, immediate);
  return written === '' ? op : `${op} ${written}`;
}

function immediateText(kind: ImmediateKind, value: string | number | undefined): string {
  const number = Number(value);
  switch (kind) {
    case 'none':
      return '';
    case 'local':
    case 'global':
    case 'function':
    case 'label':
      return `$${value}`;
    case 'memory4':
    case 'memory16':
      // The text format's default is the natural alignment, which is 4 bytes for one number.
      return `${number === 0 ? '' : `offset=${number}`}${kind === 'memory16' ? ' align=4' : ''}`.trim();
    case 'lane':
    case 'i32':
    case 'bytes':
      return String(value);
    case 'lane4':
      return `align=4 ${value}`;
    case 'f32':
      return shortest(number, FLOAT32);
    case 'f64':
      return shortest(number, FLOAT64);
    case 'f32x4':
      return Array(4).fill(floatText(number, FLOAT32)).join(' ');
    case 'f64x2':
      return Array(2).fill(floatText(number, FLOAT64)).join(' ');
    case 'i32x4':
      return Array(4)
        .fill(`0x${number.toString(16)}`)
        .join(' ');
    default:
      return kind satisfies never;
  }
}

/** The sign of -0 is a mask here. */
const floatText = (value: number, format: FloatFormat): string =>
  (Object.is(value, -0) ? '-' : '') + shortest(value, format);
