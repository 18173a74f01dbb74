import { describe, expect, it } from 'vitest';
import { UsageError } from '../../compiler/errors.js';
import { resolveTarget } from '../../compiler/fit/targets.js';

describe('formulas', () => {
  it.each([
    ['x * tanh(log(1 + exp(x)))', 1, 0.8650983883],
    ['x * sigmoid(x)', 1, 0.7310585786],
    ['x*gelu(x)', 1, 0.8413447461],
    ['0.5 x * (1 + erf(x / sqrt(2)))', 1, 0.8413447461],
    ['-x^2', 3, -9],
    ['2^-x', 2, 0.25],
    ['max(0.1 x, x, -1)', -2, -0.2],
    ['min(x, sign(x)) + abs(x)', -2, 0],
    ['leaky_relu(x, 0.3)', -2, -0.6],
    ['leaky_relu(x)', -2, -0.02],
    ['sin(pi x) + cos(x) - atan(x) + sinh(x) * cosh(x) / e', 0.5, 1.6301011],
    ['+x', 2, 2],
  ])('%s at %f is %f', async (text, x, y) => {
    expect((await resolveTarget(text)).evaluate(x)).toBeCloseTo(y, 7);
  });

  it('have one name however they are spaced', async () => {
    expect((await resolveTarget('x*sigmoid( x )')).name).toBe('x * sigmoid(x)');
    expect((await resolveTarget('2x')).name).toBe('2 * x');
    expect((await resolveTarget('x # */ a comment')).name).toBe('x');
  });

  it('come after the names, whose parameters may be signed', async () => {
    expect((await resolveTarget('leaky_relu(-1e-2)')).name).toBe('leaky_relu(-0.01)');
    expect((await resolveTarget('leaky-relu')).name).toBe('leaky_relu(0.01)');
    await expect(resolveTarget('hard')).rejects.toThrow(/^unknown target function "hard"/);
  });
});

describe('the gate lets nothing else pass', () => {
  const long = `x${' + x'.repeat(200)}`;
  it.each([
    ['foo(x)', /^unknown function in the target function "foo": use one of exp, /],
    ['atn(x)', /did you mean "atan"\?$/],
    ['y + 1', /^unknown name in the target function "y": use one of x, pi, e/],
    ['i * x', /^unknown name in the target function "i"/],
    ['import("fs")', /^unknown target function "import"/],
    ['import("fs") + x', /"import"|"fs"/],
    ['x + evaluate("1")', /evaluate|"1"/],
    ['x * process.exit(1)', /"process\.exit"|accessor/],
    ['constructor(x)', /^unknown function in the target function "constructor"/],
    ['x * toString', /^unknown name in the target function "toString"/],
    ['x.constructor', /^a target function cannot hold an accessor/],
    ['x = 3', /^a target function cannot hold an assignment \("x = 3"\)/],
    ['f(x) = x', /^a target function cannot hold a function assignment/],
    ['x; x', /^a target function cannot hold a block/],
    ['[x, 1]', /^a target function cannot hold an array/],
    ['{a: x}', /^a target function cannot hold an object/],
    ['x > 1 ? 1 : 0', /^a target function cannot hold a conditional/],
    ['1:x', /^a target function cannot hold a range/],
    ['"a" + x', /^a target function cannot hold "a"/],
    ['true * x', /^a target function cannot hold true/],
    ['x!', /^unknown operator in the target function "!"/],
    ['x % 2', /"%"/],
    ['x * 5 cm', /^unknown name in the target function "cm"/],
    ['exp(x, 2)', /^exp in the target function has 2 arguments: give it 1$/],
    ['gelu(x, 2)', /^gelu in the target function has 2 arguments: give it 1$/],
    ['min() + x', /^min in the target function has 0 arguments: give it 1 or more$/],
    ['x *', /^cannot read the target function "x \*": /],
    ['1 + 1', /^the target function "1 \+ 1" does not depend on x$/],
    [long, /^the target function has 801 characters: use at most 500$/],
    ['x\n+ 1', /^a target function cannot hold a block/],
  ])('%j', async (text, message) => {
    const refusal = resolveTarget(text);
    await expect(refusal).rejects.toThrow(UsageError);
    await expect(refusal).rejects.toThrow(message);
    await expect(refusal).rejects.not.toThrow(/\n/);
  });

  it('names the point where a formula has no finite value', async () => {
    await expect(resolveTarget('log(x)')).rejects.toThrow(
      'the target function log(x) is not a real number at x = -3: use one that is finite on all of [-3, 3]',
    );
    await expect(resolveTarget('1 / x')).rejects.toThrow('the target function 1 / x is not finite at x = 0:');
    await expect(resolveTarget('sqrt(x)', [0, 1])).resolves.toBeDefined();
  });
});
