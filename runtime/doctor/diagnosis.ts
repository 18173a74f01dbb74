import type { CandidateName } from './backends.js';
import type { Note } from './cures.js';
import type { Probe } from './probe.js';

/** What is the matter with one backend, if anything is. */
export type Diagnosis = { readonly name: CandidateName } & (
  | Extract<Probe, { state: 'absent' }>
  | (Extract<Probe, { state: 'broken' }> & { readonly said: readonly string[]; readonly cure: string })
  | (Extract<Probe, { state: 'works' }> & { readonly notes: readonly Note[] })
);
