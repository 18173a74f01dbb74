/** Tools for training networks with generated layers: `opau/training`. */
export {
  coefficientOptimizer,
  CoefficientOptimizer,
  type CoefficientOptimizerOptions,
  type CoefficientOptions,
  type GroupOptions,
} from './coefficient-optimizer.js';
export type { FoundActivation, Place } from './find-activations.js';
export {
  ELEMENTWISE_ACTIVATIONS,
  listActivations,
  RELU_FAMILY,
  replaceActivations,
  type ActivationPlan,
  type LayerRequest,
  type ReplaceOptions,
} from './replace-activations.js';
export { coefficientsOf, freezeModel, type TrainedCoefficients } from './freeze.js';
export { generatedLayers, type GeneratedLayer } from './generated-layers.js';
export { ActivationRecorder, recordActivations, type RecordOptions } from './record-activations.js';
export type { Frame, InputHistogram, Moment, RecordedLayer, Recording } from './recording.js';
/** Pictures of a recording, as text: SVG that takes its colours from `CHART_STYLE` around it, and one HTML page. */
export { CHART_STYLE } from '../drawing/style.js';
export * from './report/index.js';
