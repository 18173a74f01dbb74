import { describe, expect, it } from 'vitest';
import { describePage, LONG, WAIT } from './visit.js';
import { run } from '../cli/support.js';
import { resolveTarget } from '../../compiler/fit/targets.js';
import { generate } from '../../compiler/generate.js';
import { defineSpec } from '../../compiler/spec.js';
import { printAlone } from '../../compiler/targets/index.js';
import { LANGUAGES } from '../../examples/page/app/code/language-names.js';
import { languageTexts } from '../../examples/page/app/code/languages.js';

/** What the panel of the code shows at a time. */
interface Note {
  readonly status: string;
  readonly seconds: string;
  readonly bar: boolean;
  readonly busy: string | null;
}

/** Runs in the page, from its start on: notes what the panel shows whenever something changes. */
function noteCompiling(): void {
  const notes: Note[] = [];
  Object.assign(globalThis, { notes });
  new MutationObserver(() => {
    const panel = document.querySelector('#code-panel');
    const textOf = (selector: string): string => panel?.querySelector(selector)?.textContent ?? '';
    notes.push({
      status: textOf('.status'),
      seconds: textOf('.seconds'),
      bar: (panel?.querySelector('progress')?.getClientRects().length ?? 0) > 0,
      busy: document.querySelector('#emitted')?.getAttribute('aria-busy') ?? null,
    });
  }).observe(document, { subtree: true, childList: true, characterData: true, attributes: true });
}

describePage('the page: curve and code', (visit) => {
  describe('the curve', () => {
    it('is drawn, with the compiler’s figures, its derivative, its error and its kinks', async () => {
      await visit.open();
      expect((await visit.curve()).split('L').length).toBeGreaterThan(700);
      for (const line of ['s-target', 's-slope', 's-error']) {
        expect(await visit.page.locator(`#plots .line.${line}`).getAttribute('d')).toMatch(/^M[\d.]+ -?[\d.]+L/);
      }
      await visit.page.locator('#figures dd').first().waitFor();
      const spec = defineSpec({ basis: 'hermite', m: 5, n: 4, target: await resolveTarget('leaky_relu') });
      expect(await visit.rmse()).toBeCloseTo(generate(spec).activation.fit.rmse, 5);
      expect(await visit.page.locator('#plots .kink').count()).toBe(9);
      expect(await visit.page.evaluate(() => document.querySelector('#formula math')?.textContent)).toContain('He');
    });

    it('follows a slider moved by keys, and a number; goes back to the fit; and the address keeps it', async () => {
      await visit.open();
      const fitted = await visit.curve();
      await visit.page.locator('#c1').focus();
      await visit.page.keyboard.press('ArrowRight');
      await visit.page.waitForFunction(
        (d) => document.querySelector('#plots .line.s-f')?.getAttribute('d') !== d,
        fitted,
      );
      const number = visit.page.getByLabel('Coefficient c 1, as a number');
      expect(Number(await number.inputValue())).toBeGreaterThan(8.1112);
      await number.fill('12.5');
      expect(Number(await visit.page.locator('#c1').inputValue())).toBe(12.5);
      await visit.page.waitForFunction(() => location.hash.includes('12.5'));
      await visit.page.waitForFunction(() => Number(document.querySelector('#figures dd')?.textContent) > 0.1);
      const [moved, hash] = [await visit.curve(), await visit.page.evaluate(() => location.hash)];
      await visit.page.getByRole('button', { name: 'Reset to fit' }).click();
      await visit.page.waitForFunction(
        (d) => document.querySelector('#plots .line.s-f')?.getAttribute('d') === d,
        fitted,
      );
      await visit.page.context().close();
      await visit.open(hash);
      await visit.page.waitForFunction(
        (d) => document.querySelector('#plots .line.s-f')?.getAttribute('d') === d,
        moved,
      );
    });

    it(
      'is that of another choice, far out too, and of a formula; poles are marked',
      async () => {
        await visit.open('#basis=chebyshev-t&m=3&n=2&denominator=none&target=x%20*%20tanh(log(1%20%2B%20exp(x)))');
        await visit.expectText('#recurrence', 'T_{k+1}');
        const near = await visit.curve();
        await visit.page.locator('#views label', { hasText: '±30' }).click();
        await visit.page.waitForFunction(
          (d) => document.querySelector('#plots .line.s-f')?.getAttribute('d') !== d,
          near,
        );
        await visit.page.locator('#basis').selectOption('monomial');
        await visit.page.locator('#n').fill('1');
        await visit.expectText('#recurrence', 'x^{k+1}');
        // A fit that is under way would put its own coefficients in place of what comes next.
        await visit.page.waitForSelector('#choice:not([aria-busy])', { ...WAIT, state: 'attached' });
        await visit.page.getByLabel('Coefficient d 1, as a number').fill('1');
        await visit.page
          .locator('#plots .pole')
          .first()
          .waitFor({ ...WAIT, state: 'attached' });
        expect(await visit.page.locator('#kink-label').textContent()).toBe('1 pole');
      },
      LONG,
    );

    it('gives values where one points, by keys too', async () => {
      await visit.open();
      await visit.page.locator('#plots figure').first().focus();
      for (let i = 0; i < 10; i++) await visit.page.keyboard.press('ArrowRight');
      await visit.expectText('#probe', 'x 1F 1.0');
    });
  });

  describe('scale and fit', () => {
    it(
      'are what the controls say, reached by keys, and the address keeps them',
      async () => {
        await visit.open('#basis=chebyshev-t&m=3&n=2&target=gelu');
        const { page } = visit;
        expect(await page.locator('#domain').isVisible()).toBe(false);
        await page.locator('#more summary').focus();
        await page.keyboard.press('Enter');
        for (const [field, press] of [
          ['domain', '-4,7/2'],
          ['normalise', ' '],
          ['interval', '-2,4'],
          ['norm', 'ArrowDown'],
          ['tail', 'ArrowDown'],
          ['zeroCentre', ' '],
        ] as const) {
          await page.keyboard.press('Tab');
          expect(await page.evaluate(() => document.activeElement?.id)).toBe(field);
          if (field === 'interval') await page.keyboard.press('ControlOrMeta+A');
          if (press.startsWith('Arrow')) await page.keyboard.press(press);
          else await page.keyboard.type(press);
        }
        const spec = defineSpec({
          ...{ basis: 'chebyshev-t', m: 3, n: 2, domain: ['-4', '7/2'], normalise: true },
          ...{
            target: await resolveTarget('gelu'),
            interval: [-2, 4],
            norm: 'minimax',
            tail: 'free',
            zeroCentre: true,
          },
        });
        const { fit } = generate(spec).activation;
        await visit.expectText('#figures .caption', 'on [−2, 4]');
        await visit.expectText('#figures', `largest error${String(Number(fit.maxError.toPrecision(4)))}`);
        expect(await visit.rmse()).toBeCloseTo(fit.rmse, 5);
        expect(Number(await page.getByLabel('Coefficient c 1, as a number').inputValue())).toBeCloseTo(fit.c[1]!, 3);
        expect(await page.locator('#recurrence').textContent()).toContain('u = (4 x + 1) / 15');
        expect(await page.locator('#formula math').textContent()).toContain('T~');
        await page.waitForFunction(() => location.hash.includes('zeroCentre=yes'));
        const [drawn, hash] = [await visit.curve(), await page.evaluate(() => location.hash)];

        await page.context().close();
        await visit.open(hash);
        await visit.page.waitForFunction(
          (d) => document.querySelector('#plots .line.s-f')?.getAttribute('d') === d,
          drawn,
          WAIT,
        );
        expect(await visit.page.locator('#domain').inputValue()).toBe('-4,7/2');
        expect(await visit.page.locator('#domain').isVisible()).toBe(true);
        expect(await visit.page.locator('#zeroCentre').isChecked()).toBe(true);
        expect(await visit.page.locator('#norm').inputValue()).toBe('minimax');
      },
      LONG,
    );

    it('are refused in the words of opau-gen, and shown where they were folded away', async () => {
      const gen = async (flag: string, value: string): Promise<string> => {
        const { code, stderr } = await run(['fit', '--basis', 'hermite', '--m', '3', '--n', '2', `--${flag}`, value]);
        expect(code).toBe(2);
        return stderr.replace(/^opau-gen: |\n$/g, '');
      };
      await visit.open('#basis=hermite&m=3&n=2&domain=3,-3');
      await visit.expectText('#domain-error', await gen('domain', '3,-3'));
      expect(await visit.page.locator('#domain').isVisible()).toBe(true);
      for (const [field, value] of [
        ['domain', '1'],
        ['domain', '0,x'],
        ['interval', '3,-3'],
        ['interval', '0,Infinity'],
      ] as const) {
        await visit.page.locator('#domain').fill('');
        await visit.page.locator(`#${field}`).fill(value);
        await visit.expectText(`#${field}-error`, await gen(field, value));
        expect(await visit.page.locator(`#${field}`).getAttribute('aria-invalid')).toBe('true');
      }
      await visit.page.locator('#interval').fill('-3,3');
      await visit.page.locator('#m').fill('0');
      await visit.page.locator('#zeroCentre').check();
      await visit.expectText('#zeroCentre-error', '--zero-centre with m = 0 makes F zero everywhere');
      await visit.page.locator('#zeroCentre').uncheck();
      await visit.page.locator('#basis').selectOption('monomial');
      await visit.page.locator('#normalise').check();
      await visit.expectText('#normalise-error', 'the basis monomial cannot be normalised');
      await visit.page.locator('#normalise').uncheck();
      await visit.page.waitForFunction(
        () => document.querySelector('#normalise-error')?.textContent === '',
        null,
        WAIT,
      );
    });
  });

  describe('a bad request is answered in the compiler’s words, beside its field:', () => {
    const targetError = (text: string): Promise<string> =>
      resolveTarget(text).then(
        () => 'none',
        (error: Error) => error.message,
      );

    it.each(['relux', 'x * sigmod(x)', 'log(x)', 'x +', ''])('target %j', async (target) => {
      await visit.open();
      await visit.page.locator('#target').fill(target);
      await visit.expectText('#target-error', await targetError(target));
      expect(await visit.page.locator('#target').getAttribute('aria-invalid')).toBe('true');
      await visit.page.locator('#target').fill('gelu');
      await visit.page.waitForFunction(() => document.querySelector('#target-error')?.textContent === '', null, WAIT);
      expect(await visit.page.locator('#target').getAttribute('aria-invalid')).toBe('false');
    });

    it('degrees and names', async () => {
      await visit.open('#basis=hermit&m=5&n=4');
      await visit.expectText('#basis-error', 'did you mean "hermite"?');
      await visit.page.locator('#basis').selectOption('hermite');
      await visit.page.locator('#m').fill('40');
      await visit.expectText('#m-error', '--m is 40: the degree must be a whole number from 0 to 32');
      await visit.page.locator('#m').fill('0');
      await visit.page.locator('#n').fill('0');
      await visit.expectText('#n-error', 'm and n are both 0, which makes F a constant: m + n must be at least 1');
      await visit.page.locator('#n').fill('4');
      await visit.page.waitForFunction(() => document.querySelector('#n-error')?.textContent === '', null, WAIT);
    });
  });

  describe('the code', () => {
    const CASES = [
      { basis: 'hermite', m: 5, n: 4, denominator: 'sum-abs', target: 'leaky_relu(0.01)' },
      { basis: 'laguerre', m: 2, n: 0, denominator: 'sum-abs', target: 'tanh' },
      { basis: 'chebyshev-t', m: 3, n: 2, denominator: 'abs-sum', target: 'x * tanh(log(1 + exp(x)))' },
      { basis: 'legendre', m: 2, n: 1, denominator: 'none', target: 'gelu', domain: ['-3', '3'], normalise: true },
    ];

    it.each(CASES)(
      'of $basis $m/$n $denominator is what Node writes, to the byte',
      async ({ target, ...request }) => {
        const entries = Object.entries({ ...request, target }).map(([name, value]) => [
          name,
          value === true ? 'yes' : String(value),
        ]);
        await visit.open(`#${new URLSearchParams(entries).toString()}`);
        await visit.page.locator('#code-panel').scrollIntoViewIfNeeded();
        const generation = generate(defineSpec({ ...request, target: await resolveTarget(target) }));
        const texts = languageTexts(generation);
        expect(texts.typescript.text).toBe([...generation.files.values()][0]);
        expect(texts.wgsl.text).toBe(printAlone(generation.activation, 'wgsl'));
        await visit.expectText('#code-panel .status', 'compiled and verified');
        for (const language of LANGUAGES) {
          await visit.page.locator(`#tab-${language}`).click();
          expect(await visit.page.locator('#emitted').textContent()).toBe(texts[language].text);
        }
        const [download] = await Promise.all([
          visit.page.waitForEvent('download'),
          visit.page.locator('#download').click(),
        ]);
        expect(download.suggestedFilename()).toBe(texts.latex.name);
      },
      LONG,
    );

    it(
      'says what the compiler is at, and for how long, while it takes its time',
      async () => {
        await visit.open('#basis=hermite&m=24&n=24');
        // Again, from its start on: on a busy machine a look now and then misses what is there for a second.
        await visit.page.addInitScript(noteCompiling);
        await visit.page.reload();
        await visit.page.locator('#code-panel').scrollIntoViewIfNeeded();
        await visit.expectText('#code-panel .status', 'compiled and verified');
        const notes = await visit.page.evaluate(() => (globalThis as unknown as { notes: Note[] }).notes);
        const checking = notes.filter(({ status }) =>
          status.includes('nerdamer checks every polynomial and gradient…'),
        );
        expect(checking.length).toBeGreaterThan(0);
        expect(checking.every(({ bar, busy }) => bar && busy === 'true')).toBe(true);
        const counted = notes.filter(
          ({ status, seconds }) => /^Compiling/.test(status) && /^[1-9]\d* s$/.test(seconds),
        );
        expect(counted.length).toBeGreaterThan(0);
        expect(await visit.page.locator('#code-panel progress').isVisible()).toBe(false);
        expect(await visit.page.locator('#emitted').getAttribute('aria-busy')).toBe('false');
      },
      LONG,
    );

    it(
      'is copied, and its tabs go by the arrow keys',
      async () => {
        await visit.open('#basis=monomial&m=1&n=1&code=tfjs', { permissions: ['clipboard-read', 'clipboard-write'] });
        await visit.page.locator('#code-panel').scrollIntoViewIfNeeded();
        await visit.expectText('#code-panel .status', 'compiled and verified');
        await visit.page.locator('#copy').click();
        await visit.expectText('#copy', 'Copied');
        const copied = await visit.page.evaluate(() => navigator.clipboard.readText());
        expect(copied).toBe(await visit.page.locator('#emitted').textContent());
        expect(copied).toContain('function composedForward');
        await visit.page.locator('#tab-tfjs').focus();
        await visit.page.keyboard.press('ArrowRight');
        expect(await visit.page.evaluate(() => document.activeElement?.id)).toBe('tab-wgsl');
        expect(await visit.page.evaluate(() => location.hash)).toContain('code=wgsl');
      },
      LONG,
    );
  });
});
