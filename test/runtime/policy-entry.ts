// A page that computes on webgl as a device without float32 textures does.
import '@tensorflow/tfjs-backend-webgl';
import { env, grads, setBackend, tensor, type Tensor } from '@tensorflow/tfjs-core';
import { hermitePade5x4, spec } from '../../generated/hermite-5-4.js';

export interface Outcome {
  readonly backend: boolean;
  /** Of whatever a page can do about WebAssembly under its policy. */
  readonly refusal: string;
  readonly y: readonly number[];
  readonly gradients: readonly (readonly number[])[];
}

export const XS = [-4, -1.5, -0.25, 0, 0.5, 1, 3];

/** F and its gradients, weighted by 1, on the current backend. */
export async function compute(): Promise<Pick<Outcome, 'y' | 'gradients'>> {
  const operands = [tensor(XS), tensor([...spec.initial.c]), tensor([...spec.initial.d])];
  const f = (...args: Tensor[]): Tensor => hermitePade5x4(...(args as [Tensor, Tensor, Tensor]));
  const [y, gradients] = [f(...operands), grads(f)(operands)];
  const numbers = async (values: Tensor): Promise<number[]> => Array.from(await values.data());
  return { y: await numbers(y), gradients: await Promise.all(gradients.map(numbers)) };
}

async function outcome(): Promise<Outcome> {
  const backend = await setBackend('webgl');
  env().set('WEBGL_RENDER_FLOAT32_ENABLED', false);
  const values = await compute();
  let refusal = 'none';
  try {
    new WebAssembly.Module(Uint8Array.of(0, 0x61, 0x73, 0x6d, 1, 0, 0, 0));
  } catch (error) {
    refusal = String(error);
  }
  return { backend, refusal, ...values };
}

if (typeof document !== 'undefined') void outcome().then((found) => Object.assign(globalThis, { outcome: found }));
