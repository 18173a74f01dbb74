/** What generated activations run on: `opau/runtime`. */
export { defineActivation } from './activation.js';
export type {
  ActivationDefinition,
  ActivationOp,
  CarriedBackend,
  ComposedForms,
  ComposedGradients,
} from './activation.js';
export { Coefficients, type CoefficientsArgs } from './coefficients.js';
export { abs, columns, fromColumns, sgn, total } from './composed.js';
export { ensureConv2DBackpropFilter } from './conv2d-backprop-filter.js';
export type { CpuKernels } from './cpu.js';
export {
  FrozenActivation,
  FrozenLayer,
  freezeOp,
  type FrozenActivationArgs,
  type FrozenCoefficients,
  type FrozenLayerArgs,
  type FrozenOp,
} from './frozen.js';
export type { Identifier, SerializedObject } from './identifiers.js';
export { PadeLayer, type PadeLayerArgs } from './layer.js';
export type { Sharing, SharingArgs } from './sharing.js';
export type { ActivationSpec } from './spec.js';
export type { WasmKernels } from './wasm.js';
