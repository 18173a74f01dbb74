// The built page, end to end in headless Chromium: under its content security policy, below a path, from static files.
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { build } from 'vite';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { resolveTarget } from '../../compiler/fit/targets.js';
import { generate } from '../../compiler/generate.js';
import { defineSpec } from '../../compiler/spec.js';
import { printAlone } from '../../compiler/targets/index.js';
import { LANGUAGES } from '../../examples/page/app/code/language-names.js';
import { languageTexts } from '../../examples/page/app/code/languages.js';
import { CONTENT_SECURITY_POLICY, siteConfig } from '../../examples/page/site.js';
import { launch, OBSTACLES } from '../devices/browser/launch.js';
import { serve } from '../devices/browser/server.js';
import { directory } from '../support/emit.js';
import { requiredDevices } from '../support/required-devices.js';
import { withoutHardware } from './without-hardware.js';

const root = `${directory}${process.pid}-page`;
const { server, url } = await serve(() => root, { 'Content-Security-Policy': CONTENT_SECURITY_POLICY });
const address = `${url}/below/a/path/index.html`;
const found = await launch().catch((error: Error) => error);
const isRequired = [...requiredDevices()].some((name) => name.startsWith('chromium-'));
if (found instanceof Error) console.log(`not tested: the page: ${found.message.split('\n')[0]}`);

const WAIT = { timeout: 120_000 };
const LONG = 300_000;

describe.skipIf(found instanceof Error && !isRequired)('the page', () => {
  let browser: Browser;
  let page: Page;
  const complaints: string[] = [];

  beforeAll(async () => {
    if (found instanceof Error) throw found;
    browser = found;
    await build({ ...siteConfig(`${root}/below/a/path`), logLevel: 'error' });
  }, LONG);
  afterAll(async () => {
    await browser?.close();
    server.close();
  });
  afterEach(async () => {
    await page.context().close();
    expect(complaints.splice(0)).toEqual([]);
  });

  async function open(hash = '', options: BrowserContextOptions = {}, at = address): Promise<void> {
    page = await (await browser.newContext({ viewport: { width: 1280, height: 900 }, ...options })).newPage();
    page.on('console', (message) => {
      if (message.type() === 'error' || message.type() === 'warning') complaints.push(message.text());
    });
    page.on('pageerror', (error) => complaints.push(error.message));
    await page.goto(at + hash);
    await page.waitForSelector('html[data-ready]', { ...WAIT, state: 'attached' });
  }

  const curve = (): Promise<string> => page.locator('#plots .line.s-f').getAttribute('d') as Promise<string>;
  const rmse = async (): Promise<number> => Number(await page.locator('#figures dd').first().textContent());
  const says = (text: string | RegExp): Promise<void> => expectText('#training-status', text);
  async function expectText(selector: string, text: string | RegExp): Promise<void> {
    await page.locator(selector, { hasText: text }).waitFor(WAIT);
  }

  describe('the curve', () => {
    it('is drawn, with the compiler’s figures, its derivative, its error and its kinks', async () => {
      await open();
      expect((await curve()).split('L').length).toBeGreaterThan(700);
      for (const line of ['s-target', 's-slope', 's-error']) {
        expect(await page.locator(`#plots .line.${line}`).getAttribute('d')).toMatch(/^M[\d.]+ -?[\d.]+L/);
      }
      await page.locator('#figures dd').first().waitFor();
      const spec = defineSpec({ basis: 'hermite', m: 5, n: 4, target: await resolveTarget('leaky_relu') });
      expect(await rmse()).toBeCloseTo(generate(spec).activation.fit.rmse, 5);
      expect(await page.locator('#plots .kink').count()).toBe(9);
      expect(await page.evaluate(() => document.querySelector('#formula math')?.textContent)).toContain('He');
    });

    it('follows a slider moved by keys, and a number; goes back to the fit; and the address keeps it', async () => {
      await open();
      const fitted = await curve();
      await page.locator('#c1').focus();
      await page.keyboard.press('ArrowRight');
      await page.waitForFunction((d) => document.querySelector('#plots .line.s-f')?.getAttribute('d') !== d, fitted);
      const number = page.getByLabel('Coefficient c 1, as a number');
      expect(Number(await number.inputValue())).toBeGreaterThan(8.1112);
      await number.fill('12.5');
      expect(Number(await page.locator('#c1').inputValue())).toBe(12.5);
      await page.waitForFunction(() => location.hash.includes('12.5'));
      await page.waitForFunction(() => Number(document.querySelector('#figures dd')?.textContent) > 0.1);
      const [moved, hash] = [await curve(), await page.evaluate(() => location.hash)];
      await page.getByRole('button', { name: 'Reset to fit' }).click();
      await page.waitForFunction((d) => document.querySelector('#plots .line.s-f')?.getAttribute('d') === d, fitted);
      await page.context().close();
      await open(hash);
      await page.waitForFunction((d) => document.querySelector('#plots .line.s-f')?.getAttribute('d') === d, moved);
    });

    it('is that of another choice, far out too, and of a formula; poles are marked', async () => {
      await open('#basis=chebyshev-t&m=3&n=2&denominator=none&target=x%20*%20tanh(log(1%20%2B%20exp(x)))');
      await expectText('#recurrence', 'T_{k+1}');
      const near = await curve();
      await page.locator('#views label', { hasText: '±30' }).click();
      await page.waitForFunction((d) => document.querySelector('#plots .line.s-f')?.getAttribute('d') !== d, near);
      await page.locator('#basis').selectOption('monomial');
      await page.locator('#n').fill('1');
      await expectText('#recurrence', 'x^{k+1}');
      await page.getByLabel('Coefficient d 1, as a number').fill('1');
      await page
        .locator('#plots .pole')
        .first()
        .waitFor({ ...WAIT, state: 'attached' });
      expect(await page.locator('#kink-label').textContent()).toBe('1 pole');
    });

    it('gives values where one points, by keys too', async () => {
      await open();
      await page.locator('#plots figure').first().focus();
      for (let i = 0; i < 10; i++) await page.keyboard.press('ArrowRight');
      await expectText('#probe', 'x 1F 1.0');
    });
  });

  describe('a bad request is answered in the compiler’s words, beside its field:', () => {
    const targetError = (text: string): Promise<string> =>
      resolveTarget(text).then(
        () => 'none',
        (error: Error) => error.message,
      );

    it.each(['relux', 'x * sigmod(x)', 'log(x)', 'x +', ''])('target %j', async (target) => {
      await open();
      await page.locator('#target').fill(target);
      await expectText('#target-error', await targetError(target));
      expect(await page.locator('#target').getAttribute('aria-invalid')).toBe('true');
      await page.locator('#target').fill('gelu');
      await page.waitForFunction(() => document.querySelector('#target-error')?.textContent === '', null, WAIT);
      expect(await page.locator('#target').getAttribute('aria-invalid')).toBe('false');
    });

    it('degrees and names', async () => {
      await open('#basis=hermit&m=5&n=4');
      await expectText('#basis-error', 'did you mean "hermite"?');
      await page.locator('#basis').selectOption('hermite');
      await page.locator('#m').fill('40');
      await expectText('#m-error', '--m is 40: the degree must be a whole number from 0 to 32');
      await page.locator('#m').fill('0');
      await page.locator('#n').fill('0');
      await expectText('#n-error', 'm and n are both 0, which makes F a constant: m + n must be at least 1');
      await page.locator('#n').fill('4');
      await page.waitForFunction(() => document.querySelector('#n-error')?.textContent === '', null, WAIT);
    });
  });

  describe('the code', () => {
    const CASES = [
      { basis: 'hermite', m: 5, n: 4, denominator: 'sum-abs', target: 'leaky_relu(0.01)' },
      { basis: 'laguerre', m: 2, n: 0, denominator: 'sum-abs', target: 'tanh' },
      { basis: 'chebyshev-t', m: 3, n: 2, denominator: 'abs-sum', target: 'x * tanh(log(1 + exp(x)))' },
    ];

    it.each(CASES)(
      'of $basis $m/$n $denominator is what Node writes, to the byte',
      async ({ target, ...request }) => {
        const entries = Object.entries({ ...request, target }).map(([name, value]) => [name, String(value)]);
        await open(`#${new URLSearchParams(entries).toString()}`);
        await page.locator('#code-panel').scrollIntoViewIfNeeded();
        const generation = generate(defineSpec({ ...request, target: await resolveTarget(target) }));
        const texts = languageTexts(generation);
        expect(texts.typescript.text).toBe([...generation.files.values()][0]);
        expect(texts.wgsl.text).toBe(printAlone(generation.activation, 'wgsl'));
        await expectText('#code-panel .status', 'compiled and verified');
        for (const language of LANGUAGES) {
          await page.locator(`#tab-${language}`).click();
          expect(await page.locator('#emitted').textContent()).toBe(texts[language].text);
        }
        const [download] = await Promise.all([page.waitForEvent('download'), page.locator('#download').click()]);
        expect(download.suggestedFilename()).toBe(texts.latex.name);
      },
      LONG,
    );

    it(
      'is copied, and its tabs go by the arrow keys',
      async () => {
        await open('#basis=monomial&m=1&n=1&code=tfjs', { permissions: ['clipboard-read', 'clipboard-write'] });
        await page.locator('#code-panel').scrollIntoViewIfNeeded();
        await expectText('#code-panel .status', 'compiled and verified');
        await page.locator('#copy').click();
        await expectText('#copy', 'Copied');
        const copied = await page.evaluate(() => navigator.clipboard.readText());
        expect(copied).toBe(await page.locator('#emitted').textContent());
        expect(copied).toContain('function composedForward');
        await page.locator('#tab-tfjs').focus();
        await page.keyboard.press('ArrowRight');
        expect(await page.evaluate(() => document.activeElement?.id)).toBe('tab-wgsl');
        expect(await page.evaluate(() => location.hash)).toContain('code=wgsl');
      },
      LONG,
    );
  });

  describe('training', () => {
    const dataset = (name: string): Promise<string> =>
      page.locator('#training-panel').getAttribute(`data-${name}`) as Promise<string>;
    const losses = async (): Promise<number[]> => (await dataset('losses')).split(' ').map(Number);
    const reach = (step: number): Promise<unknown> =>
      page.waitForFunction(
        (least) => Number(document.querySelector<HTMLElement>('#training-panel')?.dataset['step']) >= least,
        step,
        { timeout: LONG },
      );

    /** Trains for some steps, and stops. Returns the losses at the beginning and at the end. */
    async function train(backend: string, data: string, steps: number): Promise<readonly [number[], number[]]> {
      await page.locator('#training-panel').scrollIntoViewIfNeeded();
      await page.locator('#data').selectOption(data);
      await page.locator('#backend').selectOption(backend);
      await page.locator('#rate').selectOption(data === 'fashion-mnist' ? '0.001' : '0.01');
      await page.locator('#train').click();
      await reach(1);
      const first = await losses();
      await reach(steps);
      await page.locator('#train').click();
      await says(/^Stopped on|^Done on/);
      return [first, await losses()];
    }

    for (const backend of ['webgpu', 'webgl', 'wasm', 'cpu']) {
      it(
        `lowers both losses on ${backend}, moves the activations, and frees its memory`,
        async ({ skip }) => {
          await open();
          const missing = await OBSTACLES[backend]?.(page);
          if (missing !== undefined) {
            expect(requiredDevices(), missing).not.toContain(`chromium-${backend}`);
            skip(missing);
          }
          const [first, last] = await train(backend, 'moons', 40);
          for (const net of [0, 1]) expect(last[net]).toBeLessThan(0.8 * first[net]!);
          expect(await page.locator('#training-status').textContent()).toContain(backend);
          expect(await page.locator('#activations .line.s-f').count()).toBe(2);
          const lines = await page
            .locator('#activations')
            .evaluate((host) =>
              ['s-start', 's-f'].map((name) => host.querySelector(`.line.${name}`)?.getAttribute('d')),
            );
          expect(lines[1]).not.toBe(lines[0]);
          expect(await dataset('tensors')).toBe('0');
          // And again, in the same worker.
          await train(backend, 'xor', 3);
          expect(await dataset('tensors')).toBe('0');
        },
        LONG,
      );
    }

    it(
      'learns Fashion-MNIST with a LeNet',
      async () => {
        await open('#basis=monomial&m=3&n=2&data=fashion-mnist');
        expect(await page.locator('#data').inputValue()).toBe('fashion-mnist');
        const [first, last] = await train('wasm', 'fashion-mnist', 25);
        for (const net of [0, 1]) expect(last[net]).toBeLessThan(first[net]!);
        const label = await page.locator('#training-panel canvas[role=img]').first().getAttribute('aria-label');
        expect(Number(/confusion matrix; ([\d.]+) %/.exec(label!)?.[1])).toBeGreaterThan(30);
        expect(await page.locator('#activations .line.s-f').count()).toBe(4);
        expect(await dataset('tensors')).toBe('0');
      },
      LONG,
    );

    it(
      'says so, and goes on, where the browser has nothing but the CPU',
      async () => {
        await withoutHardware(`${root}/below/a/path`, `${root}/bare`);
        await open('', {}, `${url}/bare/index.html`);
        await page.locator('#training-panel').scrollIntoViewIfNeeded();
        await expectText('#backend-note', 'This browser has neither WebGPU nor WebGL 2 nor WebAssembly');
        expect(await page.locator('#backend option:disabled').allTextContents()).toEqual([
          'WebGPU',
          'WebGL',
          'WebAssembly',
        ]);
        await train('auto', 'moons', 2);
        expect(await page.locator('#training-status').textContent()).toContain('on cpu');
      },
      LONG,
    );
  });

  describe('for everyone', () => {
    it.each([360, 412, 768])(
      '%i pixels are wide enough',
      async (width) => {
        await open('', { viewport: { width, height: 760 }, hasTouch: true, isMobile: width < 500 });
        await page.locator('#code-panel').scrollIntoViewIfNeeded();
        await expectText('#code-panel .status', 'compiled and verified');
        for (const language of LANGUAGES) await page.locator(`#tab-${language}`).click();
        const [content, screen] = await page.evaluate(() => [document.documentElement.scrollWidth, innerWidth]);
        expect(content).toBe(screen);
        expect(screen).toBe(width);
      },
      LONG,
    );

    it(
      'the keyboard reaches every control',
      async () => {
        await open();
        await page.locator('#code-panel').scrollIntoViewIfNeeded();
        await expectText('#code-panel .status', 'compiled and verified');
        await page.locator('#c0').focus();
        await page.keyboard.press('ArrowRight');
        const wanted = await page.evaluate(() => {
          const all = Array.from(document.querySelectorAll<HTMLElement>('a, button, input, select, [tabindex="0"]'));
          // One of a group of radio buttons has the focus, and one tab of a list.
          const stops = all.filter(
            (element) => !element.matches(':disabled, [tabindex="-1"], [type=radio]:not(:checked)'),
          );
          stops.forEach((element, i) => (element.dataset['stop'] = String(i)));
          return stops.map((element) => element.dataset['stop']!);
        });
        expect(wanted.length).toBeGreaterThan(35);
        await page.evaluate(() => {
          scrollTo(0, 0);
          (document.activeElement as HTMLElement).blur();
        });
        await page.locator('.skip').focus();
        const reached: (string | undefined)[] = [];
        for (let i = 0; i < wanted.length; i++) {
          reached.push(await page.evaluate(() => (document.activeElement as HTMLElement).dataset['stop']));
          await page.keyboard.press('Tab');
        }
        expect(reached).toEqual(wanted);
      },
      LONG,
    );

    it('every control and picture has a name', async () => {
      await open();
      const nameless = await page.evaluate(() =>
        Array.from(document.querySelectorAll<HTMLElement>('button, input, select, canvas[role=img], svg[role=img]'))
          .filter((element) => {
            const labels = (element as HTMLInputElement).labels?.length ?? 0;
            return labels === 0 && !element.getAttribute('aria-label') && element.textContent?.trim() === '';
          })
          .map((element) => element.outerHTML),
      );
      expect(nameless).toEqual([]);
    });

    it.each(['light', 'dark'] as const)('texts and series stand out: %s', async (colorScheme) => {
      await open('', { colorScheme });
      const ratios = await page.evaluate(() => {
        const style = getComputedStyle(document.documentElement);
        const context = document.createElement('canvas').getContext('2d')!;
        const luminance = (property: string): number => {
          context.fillStyle = style.getPropertyValue(property).trim();
          const value = Number.parseInt(context.fillStyle.slice(1), 16);
          const [r, g, b] = [value >> 16, (value >> 8) & 255, value & 255]
            .map((part) => part / 255)
            .map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4)) as [
            number,
            number,
            number,
          ];
          return 0.2126 * r + 0.7152 * g + 0.0722 * b;
        };
        const card = luminance('--card');
        const names = ['--text', '--soft', '--wrong', '--accent', '--f', '--slope', '--error', '--target', '--relu'];
        return names.map((name): [string, number] => {
          const own = luminance(name);
          return [name, (Math.max(own, card) + 0.05) / (Math.min(own, card) + 0.05)];
        });
      });
      // WCAG: 4.5 for text, 3 for lines.
      for (const [name, ratio] of ratios) expect(ratio, name).toBeGreaterThan(name === '--relu' ? 3 : 4.5);
    });

    it('nothing moves by itself for those who asked for that', async () => {
      await open('', { reducedMotion: 'reduce' });
      expect(await page.evaluate(() => getComputedStyle(document.documentElement).scrollBehavior)).toBe('auto');
    });

    it('runs under its policy: eval is refused', async () => {
      await open();
      const attempt = `try { new Function('return 1')(); document.title = 'ran'; } catch (e) { document.title = e.name; }`;
      // The debugger's own scripts are above the policy: this one is the page's.
      const refusal = await page.evaluate(async (code) => {
        const script = document.createElement('script');
        script.src = URL.createObjectURL(new Blob([code]));
        document.body.append(script);
        await new Promise((resolve) => script.addEventListener('load', resolve));
        return document.title;
      }, attempt);
      expect(refusal).toBe('EvalError');
      complaints.splice(0);
    });
  });
});
