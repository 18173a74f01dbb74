/** Uniform numbers in [0, 1) from a fixed seed: the 32-bit congruential generator of Numerical Recipes, 3rd ed., 7.1. */
export function seededRandom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 4294967296;
  };
}
