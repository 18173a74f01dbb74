/** Elements that a fragment adds up one by one, before it adds such sums. */
export const RUN = 8;

/** Partial sums that a fragment of a later pass adds up. */
const FAN_IN = 64;

/** Fragments that keep a device busy: beyond as many, each does more. */
const ENOUGH_FRAGMENTS = 16384;

/** Elements that a fragment goes over at most: a block of 512, as 128 texels where it takes whole texels. */
const MOST_ELEMENTS = 512;

/** Where neighbouring elements of a set are at least as many, neighbouring fragments work on the same set. */
const LONG_RUN = 64;

export interface Plan {
  /** How many each fragment goes over, at most. A multiple of RUN. */
  readonly items: number;
  /** Fragments for each set. */
  readonly chunks: number;
  /** Where the sums of a chunk of a set lie, in texels: chunk * strides[0] + set * strides[1]. */
  readonly strides: readonly [chunk: number, set: number];
}

/**
 * How the elements of each set, or the texels, are divided among fragments: by sizes alone, so that sums are the same on
 * every run. `count` of them belong to each set; `each` is the number of elements that one of them holds.
 */
export function planBlocks(count: number, sets: number, inner: number, each: 1 | 4): Plan {
  const wanted = Math.ceil((count * sets) / ENOUGH_FRAGMENTS);
  const items = Math.min(MOST_ELEMENTS / each, RUN * Math.max(1, Math.ceil(wanted / RUN)));
  const chunks = Math.ceil(count / items);
  return { items, chunks, strides: inner >= LONG_RUN ? [1, chunks] : [sets, 1] };
}

/** How many partial sums each further pass leaves for each set, before the last one adds up the rest. */
export function planSums(chunks: number): readonly number[] {
  if (chunks <= FAN_IN) return [];
  const kept = Math.ceil(chunks / FAN_IN);
  return [kept, ...planSums(kept)];
}

/** The shape of a packed texture of at least as many texels, about square: devices work on 2 by 2 texels at a time. */
export function texelsShape(texels: number): readonly [rows: number, columns: number] {
  const width = Math.ceil(Math.sqrt(texels));
  return [2 * Math.ceil(texels / width), 2 * width];
}
