/** One kernel in words that WGSL and GLSL have in common. */
export interface ShaderKernel {
  /** The largest |x| for which `plain` is safe; -1 where it is safe for none. */
  readonly radius: number;
  /** Statements on `real` numbers x (and dy), float32 or vectors of them. */
  readonly plain: string;
  /** The same on wide numbers, which have an exponent of their own. */
  readonly wide: string;
}

/** What an emitted module knows of its kernels on GPUs; compiler/targets/shader prints it. */
export interface ShaderKernels {
  /** Sets `y`. */
  readonly forward: ShaderKernel;
  /** Sets `dx`, and adds to `dc0` .. `dcm` and `dd1` .. `ddn`. */
  readonly backward: ShaderKernel;
  /** Multiplies those sums by what all their terms have in common. */
  readonly finish: string;
}

/**
 * What plain float32 is safe for, besides the radius of x: the same figures for which compiler/stages/radius.ts proves it.
 *   |c_i|, |d_j| <= coefficient,  dy = 0 or lightest <= |dy| <= heaviest
 */
export const SAFE = { coefficient: 2 ** 12, lightest: 2 ** -66, heaviest: 2 ** 16 } as const;

/** Below it, devices may take numbers for 0. */
export const SMALLEST_NORMAL = 2 ** -126;

/** The bits of a float32 number, which shaders compare instead of the number: those of its magnitude are in its order. */
export const bitsOf = (value: number): number => new Uint32Array(Float32Array.of(value).buffer)[0]!;
