import { customGrad, engine, keep, type Tensor } from '@tensorflow/tfjs-core';

/** x again, on the same data. On the tape, so that second derivatives find their way to x. */
const shared = customGrad((...args) => {
  const [x] = args as [Tensor];
  engine().backend.incRef(x.dataId);
  return { value: engine().makeTensorFromDataId(x.dataId, x.shape, x.dtype), gradFunc: (dy: Tensor) => dy };
});

/**
 * Keeps x until the gradient of the op that has just given y is computed, as customGrad's `save` does, but without a copy:
 * `save` clones, and on the wasm backend a clone is a copy of all data. x comes last among what the gradient is handed. Does
 * nothing where no gradient is recorded.
 */
export function keepShared(x: Tensor, y: Tensor): void {
  const { activeTape } = engine().state as { readonly activeTape: EngineState['activeTape'] | null };
  const node = activeTape?.at(-1);
  if (node?.saved !== undefined && node.outputs[0] === y) node.saved.push(keep(shared(x)));
}

type EngineState = ReturnType<typeof engine>['state'];
