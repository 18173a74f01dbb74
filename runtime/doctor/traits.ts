/** What decides how well a backend that works can work. */
export interface Traits {
  /** Of the engine: WebAssembly's vectors, and their fused multiply-add. */
  readonly simd?: boolean;
  readonly relaxedSimd?: boolean;
  /** Whether tensors lie on a graphics card, or a CPU plays one. */
  readonly gpu?: boolean;
  readonly software?: boolean;
}
