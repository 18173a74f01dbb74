/** Bindings start at multiples of 256 bytes: of as many elements. */
export const ALIGNMENT = 64;

/**
 * Cuts `size` elements into ranges that a device can bind, at whole rows: one range where that is possible. Undefined
 * where not even as few rows as alignment allows fit into one binding.
 */
export function rangesOf(
  size: number,
  row: number,
  bindingBytes: number,
): readonly { readonly start: number; readonly size: number }[] | undefined {
  const most = Math.floor(bindingBytes / 4);
  if (size <= most) return [{ start: 0, size }];
  const step = (row * ALIGNMENT) / greatestCommonDivisor(row, ALIGNMENT);
  const each = Math.floor(most / step) * step;
  if (each === 0) return undefined;
  return Array.from({ length: Math.ceil(size / each) }, (_, i) => ({
    start: i * each,
    size: Math.min(each, size - i * each),
  }));
}

const greatestCommonDivisor = (a: number, b: number): number => (b === 0 ? a : greatestCommonDivisor(b, a % b));
