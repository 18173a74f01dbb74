/** Milliseconds of each run, by candidate. */
export type Times = Readonly<Record<string, readonly number[]>>;

export const median = (values: readonly number[]): number => [...values].sort((a, b) => a - b)[values.length >> 1]!;

/**
 * Runs of something that took so many milliseconds at least, between two waits: to wait costs as much as a short run, which
 * would hide what that costs.
 */
export const runsASample = (milliseconds: number): number => Math.max(1, Math.min(64, Math.round(20 / milliseconds)));

/** Runs all candidates in turn, round after round, so that a change of the machine's speed hits all alike. */
export function interleave(rounds: number, candidates: Readonly<Record<string, () => void>>): Times {
  const times = Object.fromEntries(Object.keys(candidates).map((name) => [name, [] as number[]]));
  // Three rounds to warm up: the first calls run in the baseline compiler.
  for (let round = -3; round < rounds; round++) {
    for (const [name, run] of Object.entries(candidates)) {
      const start = performance.now();
      run();
      if (round >= 0) times[name]!.push(performance.now() - start);
    }
  }
  return times;
}

/** A Markdown table of medians, and under it the median of the ratios round by round. */
export function ratioTable(times: Times, pairs: readonly (readonly [string, string])[]): string {
  const rows = Object.entries(times).map(([name, values]) => `| ${name} | ${median(values).toFixed(2)} |`);
  const ratios = pairs.map(([ours, theirs]) => {
    const ratio = median(times[ours]!.map((value, i) => value / times[theirs]![i]!));
    return `| ${ours} / ${theirs} | ${ratio.toFixed(2)} |`;
  });
  return ['| | ms |', '|---|---|', ...rows, '', '| ratio | |', '|---|---|', ...ratios].join('\n');
}
