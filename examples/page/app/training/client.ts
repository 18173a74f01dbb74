import type { Found } from './backends.js';
import type { Job, News, Order } from './messages.js';

/** The training worker, started when it is first told something; another backend gets another one. */
export class TrainingWorker {
  private worker: Worker | undefined;
  private backend: string | undefined;
  private looking: ((found: readonly Found[]) => void)[] = [];

  constructor(private readonly onNews: (news: News) => void) {}

  tell(order: Order): void {
    this.open().postMessage(order);
  }

  look(): Promise<readonly Found[]> {
    return new Promise((resolve) => {
      this.looking.push(resolve);
      this.tell({ kind: 'look' });
    });
  }

  start(job: Job): void {
    // Contexts and devices go with their worker: tfjs would keep those of every backend that it ever had.
    if (this.backend !== undefined && this.backend !== job.backend) this.close();
    this.backend = job.backend;
    this.tell({ kind: 'start', job });
  }

  private open(): Worker {
    if (this.worker !== undefined) return this.worker;
    const worker = new Worker(new URL('./worker.ts', import.meta.url), { type: 'module', name: 'training' });
    worker.addEventListener('message', ({ data }: MessageEvent<News>) => {
      if (data.kind === 'found') this.looking.splice(0).forEach((resolve) => resolve(data.backends));
      this.onNews(data);
    });
    worker.addEventListener('error', (event) => {
      this.close();
      this.onNews({ kind: 'failed', message: `training stopped: ${event.message || 'its code could not be loaded'}` });
    });
    return (this.worker = worker);
  }

  private close(): void {
    this.worker?.terminate();
    this.worker = undefined;
    this.backend = undefined;
  }
}
