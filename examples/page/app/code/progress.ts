import { html } from '../dom.js';

/** Milliseconds after which a reader is told how long it has been. */
const PATIENCE = 1000;

/** A bar that moves, and the seconds that have gone by, while something is worked on that cannot say how far it is. */
export class Progress {
  /** The seconds are for the eye: a status that is read out every second would be no help. */
  private readonly seconds = html('span', { class: 'seconds', 'aria-hidden': 'true' });
  readonly element = html(
    'div',
    { class: 'progress', hidden: true },
    html('progress', { 'aria-label': 'The compiler is at work' }),
    this.seconds,
  );
  private ticking: ReturnType<typeof setInterval> | undefined;

  /** Counts from now on; one that is under way goes on. */
  start(): void {
    if (this.ticking !== undefined) return;
    const started = performance.now();
    this.seconds.textContent = '';
    this.element.hidden = false;
    this.ticking = setInterval(() => {
      const gone = performance.now() - started;
      if (gone >= PATIENCE) this.seconds.textContent = `${Math.floor(gone / 1000)} s`;
    }, 200);
  }

  stop(): void {
    clearInterval(this.ticking);
    this.ticking = undefined;
    this.element.hidden = true;
  }
}
