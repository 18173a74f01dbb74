/** A tfjs backend that may run in Node. */
export interface Candidate {
  readonly name: string;
  /** What it needs besides tfjs-core and tfjs-layers: package and version, as npm install takes them. */
  readonly packages: readonly string[];
}

/** What the layers themselves need, whatever runs them. */
export const TFJS: readonly string[] = ['@tensorflow/tfjs-core@4.22.0', '@tensorflow/tfjs-layers@4.22.0'];

/** Every backend that Node can have, in the order of the report. webgl runs in browsers only. */
export const CANDIDATES = [
  { name: 'cpu', packages: ['@tensorflow/tfjs-backend-cpu@4.22.0'] },
  { name: 'wasm', packages: ['@tensorflow/tfjs-backend-wasm@4.22.0'] },
  { name: 'webgpu', packages: ['webgpu@0.6.2', '@tensorflow/tfjs-backend-webgpu@4.22.0'] },
  { name: 'tfjs-node', packages: ['@tensorflow/tfjs-node@4.22.0'] },
  { name: 'tfjs-node-gpu', packages: ['@tensorflow/tfjs-node-gpu@4.22.0'] },
] as const satisfies readonly Candidate[];

export type CandidateName = (typeof CANDIDATES)[number]['name'];

/** `@tensorflow/tfjs-core` of `@tensorflow/tfjs-core@4.22.0`. */
export const nameOf = (requirement: string): string => requirement.slice(0, requirement.lastIndexOf('@'));
