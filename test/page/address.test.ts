import { describe, expect, it } from 'vitest';
import { fromHash, isState, toHash, type PageState } from '../../examples/page/app/address.js';
import { DEFAULT_CHOICE } from '../../examples/page/app/choice.js';

describe('the address of the page', () => {
  it('keeps a state whole', () => {
    const state: PageState = {
      choice: {
        basis: 'chebyshev-t',
        m: '3',
        n: '2',
        denominator: 'abs-sum',
        target: 'x * tanh(log(1 + exp(x)))',
        domain: '-3,1/2',
        normalise: 'yes',
        interval: '-2,4',
        norm: 'minimax',
        tail: 'free',
        zeroCentre: 'yes',
      },
      view: 10,
      coefficients: { c: [1, -0.25, 3e-7, 0].map(Math.fround), d: [1 / 3, -1e20].map(Math.fround) },
      language: 'wgsl',
      data: 'moons',
    };
    expect(fromHash(toHash(state))).toEqual(state);
    expect(isState(toHash(state))).toBe(true);
  });

  it('takes what is missing or makes no sense as by default, and leaves choices to the compiler', () => {
    expect(fromHash('')).toEqual({ choice: DEFAULT_CHOICE, view: 5 });
    expect(fromHash('#view=4&c=1,x&basis=hermit')).toEqual({
      choice: { ...DEFAULT_CHOICE, basis: 'hermit' },
      view: 5,
    });
    expect(fromHash('#basis=hermite&domain=3,-3').choice.domain).toBe('3,-3');
    expect(isState('#code')).toBe(false);
  });

  it('is short where nothing differs', () => {
    expect(toHash({ choice: DEFAULT_CHOICE, view: 5 })).toBe('#basis=hermite&m=5&n=4');
  });
});
