/** What the compiler fits to the page's first choice: computed at build, so that the first curve waits for nothing. */
declare module 'virtual:first-fit' {
  export const firstFit: {
    readonly c: readonly number[];
    readonly d: readonly number[];
    readonly interval: readonly [number, number];
  };
}
