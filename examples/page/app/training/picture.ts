import { html } from '../dom.js';
import { CLASS_NAMES } from './class-names.js';
import type { Picture, Sample } from './messages.js';
import { colour, css, mix, onColours } from './palette.js';
import { REACH } from './planar-sets.js';

/** Pixels a side of what is drawn; the style sheet scales it. */
const SIDE = 560;
const STRENGTH = 0.42;
const LABELS = 128;

/** How one net sees its data: regions of the plane with the points in it, or which classes it takes for which. */
export class PictureView {
  readonly element = html('canvas', { width: SIDE, height: SIDE, role: 'img' });
  private readonly context = this.element.getContext('2d')!;
  private readonly small = document.createElement('canvas');
  private samples: readonly Sample[] = [];
  private picture: Picture | undefined;

  constructor(private readonly net: string) {
    onColours(() => this.draw());
    this.describe('nothing trained yet');
  }

  begin(samples: readonly Sample[]): void {
    this.samples = samples;
    this.picture = undefined;
    this.draw();
  }

  show(picture: Picture, accuracy: number): void {
    this.picture = picture;
    this.draw();
    const what = picture.kind === 'regions' ? 'decision regions' : 'confusion matrix';
    this.describe(`${what}; ${(100 * accuracy).toFixed(1)} % right on data it has not seen`);
  }

  private describe(text: string): void {
    this.element.setAttribute('aria-label', `${this.net}: ${text}`);
  }

  private draw(): void {
    this.context.fillStyle = css(colour('--card'));
    this.context.fillRect(0, 0, SIDE, SIDE);
    if (this.picture?.kind === 'regions') this.drawRegions(this.picture.size, this.picture.values);
    if (this.picture?.kind === 'confusion') this.drawConfusion(this.picture.counts);
    this.drawSamples();
  }

  private drawRegions(size: number, values: Uint8ClampedArray): void {
    const [card, a, b] = [colour('--card'), colour('--class-a'), colour('--class-b')];
    const image = new ImageData(size, size);
    values.forEach((value, i) => {
      const lean = (value - 127.5) / 127.5;
      image.data.set([...mix(card, lean < 0 ? a : b, STRENGTH * Math.abs(lean)), 255], 4 * i);
    });
    [this.small.width, this.small.height] = [size, size];
    this.small.getContext('2d')!.putImageData(image, 0, 0);
    this.context.imageSmoothingQuality = 'high';
    this.context.drawImage(this.small, 0, 0, SIDE, SIDE);
  }

  private drawSamples(): void {
    const { context } = this;
    const pixel = (value: number): number => ((value / REACH + 1) / 2) * SIDE;
    const fills = [css(colour('--class-a')), css(colour('--class-b'))];
    context.strokeStyle = css(colour('--card'));
    context.lineWidth = 1.5;
    for (const { x, y, label } of this.samples) {
      context.fillStyle = fills[label]!;
      context.beginPath();
      // Told apart without colours, too: discs and squares.
      if (label === 0) context.arc(pixel(x), pixel(-y), 5.5, 0, 2 * Math.PI);
      else context.rect(pixel(x) - 5, pixel(-y) - 5, 10, 10);
      context.fill();
      context.stroke();
    }
  }

  private drawConfusion(counts: readonly number[]): void {
    const { context } = this;
    const classes = CLASS_NAMES.length;
    const cell = (SIDE - LABELS - 8) / classes;
    const [well, good, bad, text] = ['--well', '--class-a', '--error', '--text'].map(colour) as [
      ReturnType<typeof colour>,
      ReturnType<typeof colour>,
      ReturnType<typeof colour>,
      ReturnType<typeof colour>,
    ];
    const font = (size: number): string => `${size}px ${getComputedStyle(document.body).fontFamily}`;
    context.textBaseline = 'middle';
    CLASS_NAMES.forEach((name, label) => {
      const row = counts.slice(label * classes, (label + 1) * classes);
      const all = row.reduce((sum, count) => sum + count, 0) || 1;
      const y = 4 + label * cell;
      context.font = font(19);
      context.textAlign = 'right';
      context.fillStyle = css(colour('--soft'));
      context.fillText(name, LABELS - 10, y + cell / 2);
      row.forEach((count, answer) => {
        const x = LABELS + answer * cell;
        context.fillStyle = css(mix(well, answer === label ? good : bad, Math.sqrt(count / all)));
        context.fillRect(x + 1, y + 1, cell - 2, cell - 2);
        if (count === 0) return;
        context.textAlign = 'center';
        context.font = font(16);
        context.fillStyle = css(count / all > 0.3 ? colour('--card') : text);
        context.fillText(String(count), x + cell / 2, y + cell / 2);
      });
    });
    context.save();
    context.textAlign = 'right';
    context.font = font(19);
    context.fillStyle = css(colour('--soft'));
    CLASS_NAMES.forEach((name, answer) => {
      context.save();
      context.translate(LABELS + (answer + 0.5) * cell, SIDE - LABELS + 4);
      context.rotate(-Math.PI / 2);
      context.fillText(name, 0, 0);
      context.restore();
    });
    context.restore();
  }
}
