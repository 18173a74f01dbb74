/** A pipeline, and its layout: each question for it would give an object of its own. */
export interface Pipeline {
  readonly compute: GPUComputePipeline;
  readonly layout: GPUBindGroupLayout;
}

/** Pipelines of one device, by the text of their shader. */
const pipelines = new WeakMap<GPUDevice, Map<string, Pipeline>>();

/** Shaders that a device refused: kernels that need them throw. */
const refused = new WeakMap<Pipeline, Error>();

/**
 * The pipeline of a shader's `main`. WebGPU tells of errors later and goes on with wrong numbers: an error here is thrown
 * as an unhandled rejection as soon as it is known, and again by every later call. `code` should be the same string each time, not
 * one put together anew: shaders are long, and a new string is read through to be looked up.
 */
export function pipelineFor(device: GPUDevice, name: string, code: string): Pipeline {
  const known = pipelines.get(device) ?? first(device);
  const loss = lost.get(device);
  if (loss !== undefined) {
    throw new Error(
      `${name}: the WebGPU device is lost (${loss}), and all tensors on it: set a backend with tf.setBackend() and start anew`,
    );
  }
  const pipeline = known.get(code) ?? create(device, name, code);
  known.set(code, pipeline);
  const error = refused.get(pipeline);
  if (error !== undefined) throw error;
  return pipeline;
}

/** Devices that are gone, and why. */
const lost = new WeakMap<GPUDevice, string>();

function first(device: GPUDevice): Map<string, Pipeline> {
  const known = new Map<string, Pipeline>();
  pipelines.set(device, known);
  void device.lost.then(({ reason, message }) => lost.set(device, message || reason));
  return known;
}

function create(device: GPUDevice, name: string, code: string): Pipeline {
  device.pushErrorScope('validation');
  const module = device.createShaderModule({ label: name, code });
  const compute = device.createComputePipeline({
    label: name,
    layout: 'auto',
    compute: { module, entryPoint: 'main' },
  });
  const pipeline = { compute, layout: compute.getBindGroupLayout(0) };
  void device.popErrorScope().then(async (error) => {
    if (error === null) return;
    const { messages } = await module.getCompilationInfo();
    const lines = messages.map(({ lineNum, linePos, message }) => `  ${lineNum}:${linePos} ${message}`);
    const failure = new Error([`${name}: this device refuses the shader: ${error.message}`, ...lines].join('\n'));
    refused.set(pipeline, failure);
    throw failure;
  });
  return pipeline;
}

/** Makes each text once: a caller has the same string each time for the same arguments. */
export function once<Arguments extends readonly unknown[]>(
  make: (...of: Arguments) => string,
): (...of: Arguments) => string {
  const made = new Map<string, string>();
  return (...of) => {
    const key = of.join();
    const text = made.get(key) ?? make(...of);
    made.set(key, text);
    return text;
  };
}
