import { describe, expect, test } from 'vitest';
import { parseFlags } from '../../compiler/cli/parse.js';
import { UsageError } from '../../compiler/errors.js';

const parsed = (...argv: string[]) => Object.fromEntries(parseFlags(argv));

describe('what is understood', () => {
  test.each([
    ['a value as the next word', ['--basis', 'hermite'], { basis: 'hermite' }],
    ['a value after =', ['--basis=hermite'], { basis: 'hermite' }],
    ['a value with = in it', ['--out=a=b'], { out: 'a=b' }],
    ['a value with a line break in it', ['--out=a\nb'], { out: 'a\nb' }],
    ['the short form', ['-o', 'dir'], { out: 'dir' }],
    ['the short form with =', ['-o=dir'], { out: 'dir' }],
    ['- as a value', ['-o', '-', '--m', '5'], { out: '-', m: '5' }],
    ['a negative number as a value', ['--m', '-1'], { m: '-1' }],
    ['a formula that begins with a minus', ['--target-function', '-x*tanh(x)'], { 'target-function': '-x*tanh(x)' }],
    ['switches', ['-h', '--version'], { help: '', version: '' }],
    ['nothing', [], {}],
  ])('%s', (_, argv, values) => expect(parsed(...argv)).toEqual(values));
});

describe('what is not', () => {
  test.each([
    [['--bassis', 'hermite'], 'unknown flag "--bassis": did you mean "--basis"?'],
    [['--bassis=hermite'], 'unknown flag "--bassis": did you mean "--basis"?'],
    [['--BASIS=hermite'], 'unknown flag "--BASIS": did you mean "--basis"?'],
    [['--targets', 'relu'], 'unknown flag "--targets": did you mean "--target"?'],
    [['--output', 'dir'], 'unknown flag "--output": did you mean "--out"?'],
    [['-m', '5'], 'unknown flag "-m": did you mean "--m"?'],
    [['-basis', 'hermite'], 'unknown flag "-basis": did you mean "--basis"?'],
    [['-odir'], 'unknown flag "-odir": opau-gen --help shows all'],
    [['--frobnicate'], 'unknown flag "--frobnicate": opau-gen --help shows all'],
    [['-x'], 'unknown flag "-x": opau-gen --help shows all'],
    [['hermite'], 'unexpected argument "hermite": a value follows its flag, as in --basis hermite'],
    [['--m', '5', '4'], 'unexpected argument "4": a value follows its flag, as in --basis hermite'],
    [['--'], 'unexpected argument "--": a value follows its flag, as in --basis hermite'],
    [['-'], 'unexpected argument "-": a value follows its flag, as in --basis hermite'],
    [[''], 'unexpected argument "": a value follows its flag, as in --basis hermite'],
    [['--m', '5', '--m=5'], '--m is given twice: give it once'],
    [['--out', 'a', '-o', 'b'], '--out is given twice: give it once'],
    [['--help=yes'], '--help takes no value, but "yes" is given'],
    [['--n'], '--n has no value: degree of Q, a whole number from 0 to 32; 0 makes F a polynomial'],
    [['--m', '--n', '4'], '--m has no value: degree of P, a whole number from 0 to 32'],
    [['--m', '-o', 'dir'], '--m has no value: degree of P, a whole number from 0 to 32'],
    [['--out='], '--out has no value: the directory to write to; - prints the module to stdout'],
    [['--out', ''], '--out has no value: the directory to write to; - prints the module to stdout'],
  ])('%j', (argv, message) => expect(() => parseFlags(argv)).toThrow(new UsageError(message)));
});
