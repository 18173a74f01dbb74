import { engine, util, type DataType } from '@tensorflow/tfjs-core';

interface DataInfo {
  readonly shape: number[];
  readonly dtype: DataType;
}

/**
 * The most bytes of tensor data that `run` makes alive at once, beyond those before it. tf.memory() and tf.profile count
 * data that several tensors share (a reshape, what a tape saves) once for each of them; here it counts once.
 */
export function peakDataBytes(run: () => void): number {
  // The engine's table of live data: entered when the first tensor of it is made, deleted with the last.
  const table = engine().state.tensorInfo as unknown as WeakMap<object, DataInfo>;
  const [set, remove] = [table.set.bind(table), table.delete.bind(table)];
  let [bytes, peak] = [0, 0];
  const sizeOf = ({ shape, dtype }: DataInfo): number => util.sizeFromShape(shape) * util.bytesPerElement(dtype);
  table.set = (id, info) => {
    bytes += sizeOf(info);
    peak = Math.max(peak, bytes);
    return set(id, info);
  };
  table.delete = (id) => {
    bytes -= sizeOf(table.get(id)!);
    return remove(id);
  };
  try {
    run();
  } finally {
    table.set = set;
    table.delete = remove;
  }
  return peak;
}
