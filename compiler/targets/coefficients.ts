/** How kernels are handed their coefficients: c_0 .. c_m and d_1 .. d_n in one array each, their gradients likewise. */

/** The place of c_i, d_j, dc_i or dd_j in its array: c_0 and d_1 come first. */
export function slotOf(name: string): number {
  const index = Number(/\d+$/.exec(name)![0]);
  return /^d?d\d/.test(name) ? index - 1 : index;
}

/** Those of the names that belong to one array, in its order. */
export const inArray = (names: Iterable<string>, array: 'c' | 'd'): readonly string[] =>
  [...names].filter((name) => name.startsWith(array)).sort((a, b) => slotOf(a) - slotOf(b));
