import { html } from '../dom.js';
import { drawConfusion } from './confusion.js';
import type { Picture, Sample } from './messages.js';
import { colour, css, mix, onColours } from './palette.js';
import { REACH } from './planar-sets.js';

/** Pixels a side of what is drawn over the regions; the style sheet scales it. */
const SIDE = 560;
/** How strong a class's colour is where the net is sure. */
const STRENGTH = 0.42;

/**
 * How one net sees its data: regions of the plane with the points in it, or which classes it takes for which. Regions are
 * a canvas of as many pixels as probabilities, which the browser smooths; the points lie over it, and are drawn once.
 */
export class PictureView {
  private readonly regions = html('canvas', { width: 1, height: 1, 'aria-hidden': 'true' });
  private readonly over = html('canvas', { width: SIDE, height: SIDE, role: 'img' });
  readonly element = html('div', { class: 'picture' }, this.regions, this.over);
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
    this.drawPicture();
    const what = picture.kind === 'regions' ? 'decision regions' : 'confusion matrix';
    this.describe(`${what}; ${(100 * accuracy).toFixed(1)} % right on data it has not seen`);
  }

  private describe(text: string): void {
    this.over.setAttribute('aria-label', `${this.net}: ${text}`);
  }

  private draw(): void {
    this.regions.width = this.regions.height = 1;
    this.drawSamples();
    this.drawPicture();
  }

  private drawPicture(): void {
    if (this.picture?.kind === 'regions') this.drawRegions(this.picture.size, this.picture.values);
    if (this.picture?.kind === 'confusion') drawConfusion(this.over, this.picture.counts);
  }

  private drawRegions(size: number, values: Uint8ClampedArray): void {
    const [card, a, b] = [colour('--card'), colour('--class-a'), colour('--class-b')];
    const shades = Array.from({ length: 256 }, (_, value) => {
      const lean = (value - 127.5) / 127.5;
      return mix(card, lean < 0 ? a : b, STRENGTH * Math.abs(lean));
    });
    const image = new ImageData(size, size);
    values.forEach((value, i) => image.data.set([...shades[value]!, 255], 4 * i));
    if (this.regions.width !== size) this.regions.width = this.regions.height = size;
    this.regions.getContext('2d')!.putImageData(image, 0, 0);
  }

  private drawSamples(): void {
    const context = this.over.getContext('2d')!;
    context.clearRect(0, 0, SIDE, SIDE);
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
}
