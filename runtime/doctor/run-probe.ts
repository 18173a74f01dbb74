import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { CandidateName } from './backends.js';
import type { Probe } from './probe.js';

/** What came of one process: its answer, or why there is none, and what it printed. */
export interface Trial {
  readonly probe: Probe;
  /** The end of what it printed: native libraries say there what they looked for in vain. */
  readonly log: string;
}

export interface Surroundings {
  /** The project whose packages are tried. */
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** The program of a probe's process. */
  readonly program?: string;
  /** Milliseconds after which a silent process is ended. Shaders in software take seconds to compile. */
  readonly patience?: number;
}

const PROGRAM = fileURLToPath(new URL('child.js', import.meta.url));
const KEPT = 20_000;

/** Tries one backend in a process of its own. Never rejects for what the backend does: a crash is an answer. */
export function runProbe(name: CandidateName, surroundings: Surroundings): Promise<Trial> {
  const { cwd, env, program = PROGRAM, patience = 60_000 } = surroundings;
  return new Promise((resolve) => {
    const child = fork(program, [name], {
      cwd,
      env: env as NodeJS.ProcessEnv,
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    });
    let answer: Probe | undefined;
    let log = '';
    let late = false;
    const timer = setTimeout(() => {
      late = true;
      child.kill('SIGKILL');
    }, patience);
    const keep = (text: Buffer): void => void (log = (log + String(text)).slice(-KEPT));
    child.stdout!.on('data', keep);
    child.stderr!.on('data', keep);
    child.on('message', (message) => (answer = message as Probe));
    child.on('error', (error) => (answer ??= { state: 'broken', reason: `no process: ${error.message}` }));
    child.on('close', (code, signal) => {
      clearTimeout(timer);
      const end = late
        ? `no answer within ${patience / 1000} s`
        : `its process ended with ${signal === null ? `exit code ${code}` : `signal ${signal}`}`;
      resolve({ probe: answer ?? { state: 'broken', reason: end }, log });
    });
  });
}
