import { describe, expect, it } from 'vitest';
import { describePage, LONG, SITE } from './visit.js';
import { withoutHardware } from './without-hardware.js';
import { LANGUAGES } from '../../examples/page/app/code/language-names.js';
import { OBSTACLES } from '../devices/browser/launch.js';
import { requiredDevices } from '../support/required-devices.js';

describePage('the page: training, and for everyone', (visit) => {
  describe('training', () => {
    const dataset = (name: string): Promise<string> =>
      visit.page.locator('#training-panel').getAttribute(`data-${name}`) as Promise<string>;
    const losses = async (): Promise<number[]> => (await dataset('losses')).split(' ').map(Number);
    const reach = (step: number): Promise<unknown> =>
      visit.page.waitForFunction(
        (least) => Number(document.querySelector<HTMLElement>('#training-panel')?.dataset['step']) >= least,
        step,
        { timeout: LONG },
      );

    /** Trains for some steps, and stops. Returns the losses at the beginning and at the end. */
    async function train(backend: string, data: string, steps: number): Promise<readonly [number[], number[]]> {
      await visit.page.locator('#training-panel').scrollIntoViewIfNeeded();
      await visit.page.locator('#data').selectOption(data);
      await visit.page.locator('#backend').selectOption(backend);
      await visit.page.locator('#rate').selectOption(data === 'fashion-mnist' ? '0.001' : '0.01');
      await visit.page.locator('#train').click();
      await reach(1);
      const first = await losses();
      await reach(steps);
      await visit.page.locator('#train').click();
      await visit.says(/^Stopped on|^Done on/);
      return [first, await losses()];
    }

    for (const backend of ['webgpu', 'webgl', 'wasm', 'cpu']) {
      it(
        `lowers both losses on ${backend}, moves the activations, and frees its memory`,
        async ({ skip }) => {
          await visit.open();
          const missing = await OBSTACLES[backend]?.(visit.page);
          if (missing !== undefined) {
            expect(requiredDevices(), missing).not.toContain(`chromium-${backend}`);
            skip(missing);
          }
          const [first, last] = await train(backend, 'moons', 40);
          for (const net of [0, 1]) expect(last[net]).toBeLessThan(0.8 * first[net]!);
          expect(await visit.page.locator('#training-status').textContent()).toContain(backend);
          expect(await visit.page.locator('#activations .line.s-f').count()).toBe(2);
          const lines = await visit.page
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
        await visit.open('#basis=legendre&m=3&n=2&domain=-4,4&normalise=yes&data=fashion-mnist');
        expect(await visit.page.locator('#data').inputValue()).toBe('fashion-mnist');
        const [first, last] = await train('wasm', 'fashion-mnist', 25);
        for (const net of [0, 1]) expect(last[net]).toBeLessThan(first[net]!);
        await visit.expectText('.net figcaption', 'LegendrePade3x2OnM4To4Normalised');
        const label = await visit.page.locator('#training-panel canvas[role=img]').first().getAttribute('aria-label');
        expect(Number(/confusion matrix; ([\d.]+) %/.exec(label!)?.[1])).toBeGreaterThan(30);
        expect(await visit.page.locator('#activations .line.s-f').count()).toBe(4);
        expect(await dataset('tensors')).toBe('0');
      },
      LONG,
    );

    it(
      'says so, and goes on, where the browser has nothing but the CPU',
      async () => {
        await withoutHardware(`${SITE}/below/a/path`, `${SITE}/bare`);
        await visit.open('', {}, `${visit.url}/bare/index.html`);
        await visit.page.locator('#training-panel').scrollIntoViewIfNeeded();
        await visit.expectText('#backend-note', 'This browser has neither WebGPU nor WebGL 2 nor WebAssembly');
        expect(await visit.page.locator('#backend option:disabled').allTextContents()).toEqual([
          'WebGPU',
          'WebGL',
          'WebAssembly',
        ]);
        await train('auto', 'moons', 2);
        expect(await visit.page.locator('#training-status').textContent()).toContain('on cpu');
      },
      LONG,
    );
  });

  describe('for everyone', () => {
    it.each([360, 412, 768])(
      '%i pixels are wide enough',
      async (width) => {
        await visit.open('', { viewport: { width, height: 760 }, hasTouch: true, isMobile: width < 500 });
        await visit.page.locator('#more summary').click();
        await visit.page.locator('#code-panel').scrollIntoViewIfNeeded();
        await visit.expectText('#code-panel .status', 'compiled and verified');
        for (const language of LANGUAGES) await visit.page.locator(`#tab-${language}`).click();
        const [content, screen] = await visit.page.evaluate(() => [document.documentElement.scrollWidth, innerWidth]);
        expect(content).toBe(screen);
        expect(screen).toBe(width);
      },
      LONG,
    );

    it(
      'the keyboard reaches every control',
      async () => {
        await visit.open();
        await visit.page.locator('#code-panel').scrollIntoViewIfNeeded();
        await visit.expectText('#code-panel .status', 'compiled and verified');
        await visit.page.locator('#c0').focus();
        await visit.page.keyboard.press('ArrowRight');
        await visit.page.locator('#more summary').focus();
        await visit.page.keyboard.press('Enter');
        const wanted = await visit.page.evaluate(() => {
          const all = Array.from(
            document.querySelectorAll<HTMLElement>('a, button, input, select, summary, [tabindex="0"]'),
          );
          // One of a group of radio buttons has the focus, and one tab of a list.
          const stops = all.filter(
            (element) => !element.matches(':disabled, [tabindex="-1"], [type=radio]:not(:checked)'),
          );
          stops.forEach((element, i) => (element.dataset['stop'] = String(i)));
          return stops.map((element) => element.dataset['stop']!);
        });
        expect(wanted.length).toBeGreaterThan(42);
        await visit.page.evaluate(() => {
          scrollTo(0, 0);
          (document.activeElement as HTMLElement).blur();
        });
        await visit.page.locator('.skip').focus();
        const reached: (string | undefined)[] = [];
        for (let i = 0; i < wanted.length; i++) {
          reached.push(await visit.page.evaluate(() => (document.activeElement as HTMLElement).dataset['stop']));
          await visit.page.keyboard.press('Tab');
        }
        expect(reached).toEqual(wanted);
      },
      LONG,
    );

    it('every control and picture has a name', async () => {
      await visit.open();
      const nameless = await visit.page.evaluate(() =>
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
      await visit.open('', { colorScheme });
      const ratios = await visit.page.evaluate(() => {
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
      await visit.open('', { reducedMotion: 'reduce' });
      expect(await visit.page.evaluate(() => getComputedStyle(document.documentElement).scrollBehavior)).toBe('auto');
    });

    it('runs under its policy: eval is refused', async () => {
      await visit.open();
      const attempt = `try { new Function('return 1')(); document.title = 'ran'; } catch (e) { document.title = e.name; }`;
      // The debugger's own scripts are above the policy: this one is the page's.
      const refusal = await visit.page.evaluate(async (code) => {
        const script = document.createElement('script');
        script.src = URL.createObjectURL(new Blob([code]));
        document.body.append(script);
        await new Promise((resolve) => script.addEventListener('load', resolve));
        return document.title;
      }, attempt);
      expect(refusal).toBe('EvalError');
      visit.complaints.splice(0);
    });
  });
});
