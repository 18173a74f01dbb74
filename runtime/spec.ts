/** What an emitted module says of itself; `spec` there has this type. All values are plain numbers and text. */
export interface ActivationSpec {
  /** With its parameters, if it has any: `jacobi(1/2,-1/3)`. */
  readonly basis: string;
  /** The interval that the basis was moved onto, as exact rationals: `['-3', '1/2']`. */
  readonly domain?: readonly [string, string];
  /** Whether the basis was made orthonormal. */
  readonly normalise?: boolean;
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
    readonly maxErrorAt?: number;
    /** 'minimax' where the fit is not by least squares. */
    readonly norm?: string;
    /** 'free' where nothing held F outside the interval. */
    readonly tail?: string;
    /** The file that gave the coefficients, where one did. */
    readonly source?: string;
    /** E[F(z)^2] for z ~ N(0, 1). */
    readonly secondMoment?: number;
    /** Condition number of the functions f_i / Q on the interval, each scaled to norm 1. */
    readonly condition?: number;
    /** F' at -infinity and infinity; absent where it is infinite. */
    readonly slopes?: readonly [number, number];
    /** F at 0 and outside the interval. */
    readonly samples?: readonly { readonly x: number; readonly y: number }[];
  };
}
