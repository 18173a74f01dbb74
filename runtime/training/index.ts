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
