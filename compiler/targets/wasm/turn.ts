/**
 * Vectors a turn of the loop, each finished before the next: four together take 20 % less time than four turns of one.
 * Eight gain little more, and leave more elements over.
 */
export const OFFSETS = [0, 16, 32, 48];
/**
 * The same two by two, for sums: there are more of them than registers, and each is fetched and put back once for the terms of
 * two vectors. V8 13 takes 4 to 7 % less time so, earlier ones as long as ever; for four at once they took more.
 */
export const PAIRS = [
  [0, 16],
  [32, 48],
] as const;
export const TURN_BYTES = 64;
export const TURN_ELEMENTS = 16;

/** How far ahead x is fetched: 512 and 2048 bytes gain half as much. */
export const AHEAD_BYTES = 1024;

/** Elements summed in single precision, 32 a lane, before the sums go on in doubles: the error stays below 17 units. */
export const SUM_BYTES = 4 * 128;
