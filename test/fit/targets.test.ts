import { describe, expect, it } from 'vitest';
import { UsageError } from '../../compiler/errors.js';
import { parseTarget, targetNames } from '../../compiler/fit/targets.js';

describe('named targets', () => {
  // Values to 10 digits, computed with mpmath from the definitions in the papers that target-table.ts cites.
  it.each([
    ['relu', -2, 0],
    ['relu', 1.5, 1.5],
    ['leaky_relu', -2, -0.02],
    ['leaky_relu(0.2)', -2, -0.4],
    ['prelu', -2, -0.5],
    ['elu', -1, -0.6321205588],
    ['elu(2)', -1, -1.2642411177],
    ['selu', -1, -1.1113307378],
    ['selu', 1, 1.0507009874],
    ['softplus', 0, 0.6931471806],
    ['swish', 1, 0.7310585786],
    ['silu', -1, -0.2689414214],
    ['gelu', 1, 0.8413447461],
    ['gelu', -2, -0.0455002639],
    ['mish', 1, 0.8650983883],
    ['tanh', 0.5, 0.4621171573],
    ['sigmoid', 2, 0.880797078],
    ['hardswish', 1, 0.6666666667],
    ['hardswish', -4, 0],
    ['identity', -2.5, -2.5],
    // tanh(.87) log(1 + e); -tanh(.6/e); log(1 + e tanh 1)
    ['tanhsoft', 1, 0.9210877748],
    ['tanhsoft_1(0.87)', 1, 0.9210877748],
    ['tanhsoft_2', -1, -0.2172115038],
    ['tanhsoft_3', 1, 1.1217516809],
    // log(1 + e) / sqrt 2, and log(1 + e) / (1 + 1.16 / e)
    ['eis', 1, 0.9286162447],
    ['eis(1, 0, 1, 1.16, 1)', 1, 0.9204631172],
  ])('%s at %f is %f', (name, x, y) => {
    expect(parseTarget(name).evaluate(x)).toBeCloseTo(y, 9);
  });

  it.each(targetNames)('%s is finite far out', (name) => {
    const { evaluate } = parseTarget(name);
    for (const x of [-1e6, -100, 0, 100, 1e6]) expect(evaluate(x)).toSatisfy(Number.isFinite);
  });
});

describe('canonical names', () => {
  it.each([
    ['relu', 'relu'],
    ['ReLU', 'relu'],
    ['leaky_relu', 'leaky_relu(0.01)'],
    ['leaky-relu', 'leaky_relu(0.01)'],
    ['LeakyReLU(.2)', 'leaky_relu(0.2)'],
    [' leaky_relu( 1e-2 ) ', 'leaky_relu(0.01)'],
    ['leaky_relu(-0.1)', 'leaky_relu(-0.1)'],
    ['prelu', 'prelu(0.25)'],
    ['elu', 'elu(1)'],
    ['silu', 'swish'],
    ['linear', 'identity'],
  ])('%s is %s', (text, name) => {
    expect(parseTarget(text).name).toBe(name);
    expect(parseTarget(name).name).toBe(name);
  });
});

describe('mistakes', () => {
  it.each([
    ['relo', /^unknown target function "relo": use one of leaky_relu, .*; did you mean "relu"\?$/],
    ['', /^unknown target function ""/],
    ['relu(1)', /^the target function relu takes no parameter, but "1" is given: use relu$/],
    ['leaky_relu(steep)', /^the slope of leaky_relu is "steep": use one finite number, such as leaky_relu\(0\.01\)$/],
    [
      'leaky_relu(1, 2)',
      /^the target function leaky_relu has 2 parameters: give it at most 1 \(slope\), as in leaky_relu\(0\.01\)$/,
    ],
    ['tanhsoft(1, 2, x)', /^the gamma of tanhsoft is " x": use a finite number, such as tanhsoft\(0\.87, 0, 1, 1\)$/],
    ['eis(1, 2, 3, 4, 5, 6)', /^the target function eis has 6 parameters: give it at most 5/],
    ['elu()', /^the alpha of elu is ""/],
    ['elu(Infinity)', /^the alpha of elu is "Infinity"/],
  ])('%s is refused on one line', (text, message) => {
    expect(() => parseTarget(text)).toThrow(UsageError);
    expect(() => parseTarget(text)).toThrow(message);
  });
});
