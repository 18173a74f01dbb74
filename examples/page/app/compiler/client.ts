import type { Answers, Question, Refusal, Reply } from './messages.js';

/** What the compiler said no to, in its own words. */
export class Refused extends Error {
  constructor(readonly refusal: Refusal) {
    super(refusal.message);
  }
}

type Kind = Question['kind'];
type Settled = Exclude<Reply, { readonly at: string }>;

interface Waiting {
  readonly settle: (reply: Settled) => void;
  readonly onAt: (at: string) => void;
}

/** A compiler worker of its own, started when it is first asked. Answers come in the order of the questions. */
export class CompilerClient {
  private worker: Worker | undefined;
  private next = 0;
  private readonly waiting = new Map<number, Waiting>();

  /** Rejects with Refused where the request is not one that the compiler takes, or fails. `onAt` hears what it is at. */
  async ask<K extends Kind>(
    question: Question & { readonly kind: K },
    onAt: (at: string) => void = () => {},
  ): Promise<Answers[K]> {
    const worker = (this.worker ??= this.start());
    const id = this.next++;
    const reply = await new Promise<Settled>((settle) => {
      this.waiting.set(id, { settle, onAt });
      worker.postMessage({ id, question });
    });
    if ('refusal' in reply) throw new Refused(reply.refusal);
    return reply.answer as Answers[K];
  }

  private start(): Worker {
    const worker = new Worker(new URL('./worker.ts', import.meta.url), { type: 'module', name: 'compiler' });
    worker.addEventListener('message', ({ data }: MessageEvent<Reply>) => {
      if ('at' in data) this.waiting.get(data.id)?.onAt(data.at);
      else this.settle(data);
    });
    worker.addEventListener('error', (event) => {
      const message = `the compiler could not be loaded: ${event.message || 'reload the page'}`;
      for (const id of this.waiting.keys()) this.settle({ id, refusal: { message } });
      worker.terminate();
      this.worker = undefined;
    });
    return worker;
  }

  private settle(reply: Settled): void {
    this.waiting.get(reply.id)?.settle(reply);
    this.waiting.delete(reply.id);
  }
}

/** Runs one job at a time; of those that come meanwhile, only the last. */
export function latestOnly<Input>(run: (input: Input) => Promise<void>): (input: Input) => void {
  let busy = false;
  let pending: { readonly input: Input } | undefined;
  const start = async (input: Input): Promise<void> => {
    busy = true;
    await run(input);
    busy = false;
    const next = pending;
    pending = undefined;
    if (next !== undefined) void start(next.input);
  };
  return (input) => {
    if (busy) pending = { input };
    else void start(input);
  };
}
