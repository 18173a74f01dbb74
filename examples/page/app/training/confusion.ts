import { CLASS_NAMES } from './class-names.js';
import { colour, css, mix } from './palette.js';

/** Pixels for the names at the left and below. */
const NAMES = 128;
const GAP = 4;

/** counts[label * 10 + answer]: a row a class, a column an answer. Right answers lie on the diagonal. */
export function drawConfusion(canvas: HTMLCanvasElement, counts: readonly number[]): void {
  const context = canvas.getContext('2d')!;
  const family = getComputedStyle(document.body).fontFamily;
  const classes = CLASS_NAMES.length;
  const cell = (canvas.width - NAMES - 2 * GAP) / classes;
  const [card, text, soft] = [colour('--card'), colour('--text'), colour('--soft')];
  const [well, good, bad] = [colour('--well'), colour('--class-a'), colour('--error')];
  const write = (words: string, x: number, y: number, align: CanvasTextAlign, size: number, fill: string): void => {
    context.font = `${size}px ${family}`;
    context.textAlign = align;
    context.fillStyle = fill;
    context.fillText(words, x, y);
  };
  context.clearRect(0, 0, canvas.width, canvas.height);
  context.textBaseline = 'middle';
  CLASS_NAMES.forEach((name, label) => {
    const row = counts.slice(label * classes, (label + 1) * classes);
    const all = row.reduce((sum, count) => sum + count, 0) || 1;
    const y = GAP + label * cell;
    write(name, NAMES - 10, y + cell / 2, 'right', 19, css(soft));
    row.forEach((count, answer) => {
      const x = NAMES + answer * cell;
      context.fillStyle = css(mix(well, answer === label ? good : bad, Math.sqrt(count / all)));
      context.fillRect(x + 1, y + 1, cell - 2, cell - 2);
      if (count > 0) {
        write(String(count), x + cell / 2, y + cell / 2, 'center', 16, css(count / all > 0.3 ? card : text));
      }
    });
    context.save();
    context.translate(NAMES + (label + 0.5) * cell, canvas.height - NAMES + GAP);
    context.rotate(-Math.PI / 2);
    write(name, 0, 0, 'right', 19, css(soft));
    context.restore();
  });
}
