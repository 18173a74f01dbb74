/** What an emitted module says of itself; `spec` there has this type. All values are plain numbers and text. */
export interface ActivationSpec {
  readonly basis: string;
  /** Degree of the numerator: m + 1 coefficients c_0 .. c_m. */
  readonly m: number;
  /** Degree of the denominator: n coefficients d_1 .. d_n. */
  readonly n: number;
  readonly denominator: string;
  readonly initial: {
    readonly target: string;
    readonly interval: readonly [number, number];
    readonly c: readonly number[];
    readonly d: readonly number[];
    readonly rmse: number;
    readonly maxError: number;
  };
}
