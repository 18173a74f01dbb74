import { CompilerClient, latestOnly, Refused } from '../compiler/client.js';
import type { EmitAnswer } from '../compiler/messages.js';
import { html, set } from '../dom.js';
import { sameChoice, type Choice } from '../choice.js';
import type { Coefficients } from '../shape/sliders.js';
import { highlight } from './highlight.js';
import { commandOf, LANGUAGES, type Language } from './language-names.js';
import { Progress } from './progress.js';

/** The function whose code is wanted: a choice, and what was fitted to it. */
interface Wanted {
  readonly choice: Choice;
  readonly fit: Coefficients;
}

const TITLES: Readonly<Record<Language, string>> = {
  typescript: 'TypeScript',
  tfjs: 'tf ops',
  wgsl: 'WGSL',
  glsl: 'GLSL',
  wat: 'WebAssembly',
  latex: 'LaTeX',
};

const NOTES: Readonly<Record<Language, string>> = {
  typescript: 'The module: a layer, an op, and the kernels of every backend.',
  tfjs: 'The closed forms as composed TensorFlow.js ops: any backend, and higher derivatives.',
  wgsl: 'F and its gradients as functions of WGSL.',
  glsl: 'F and its gradients as functions of GLSL.',
  wat: 'The wasm module as text: float32 SIMD, and pairs of doubles where that is not safe.',
  latex: 'The polynomials, the formulas and every gradient.',
};

/**
 * The emitted code in tabs. The compiler is loaded, in a worker, when the panel first comes near the screen or when
 * somebody asks for the module.
 */
export class CodePanel {
  private readonly compiler = new CompilerClient();
  private readonly tabs: ReadonlyMap<Language, HTMLButtonElement>;
  private readonly status = html('p', { class: 'status', role: 'status' });
  private readonly command = html('code', { id: 'command' });
  private readonly note = html('p', { class: 'note' });
  private readonly text = html('pre', { id: 'emitted', tabindex: 0, role: 'tabpanel', 'aria-live': 'off' });
  private readonly actions: readonly HTMLButtonElement[];
  private language: Language = 'typescript';
  private readonly progress = new Progress();
  private wanted: Wanted | undefined;
  private emitted: { readonly choice: Choice; readonly answer: EmitAnswer } | undefined;
  private near = false;
  private waiting: { resolve: (answer: EmitAnswer) => void; reject: (error: Error) => void }[] = [];

  constructor(
    host: HTMLElement,
    private readonly onChoose: (language: Language) => void,
  ) {
    this.tabs = new Map(LANGUAGES.map((language) => [language, this.tab(language)]));
    const list = html('div', { class: 'tabs', role: 'tablist', 'aria-label': 'Language' }, ...this.tabs.values());
    list.addEventListener('keydown', (event) => this.moveFocus(event));
    const copy = html('button', { type: 'button', class: 'quiet', id: 'copy' }, 'Copy');
    const download = html('button', { type: 'button', class: 'quiet', id: 'download' }, 'Download');
    copy.addEventListener('click', () => void this.copy(copy));
    download.addEventListener('click', () => this.download());
    this.actions = [copy, download];
    host.append(
      html('p', { class: 'command' }, html('span', { 'aria-hidden': 'true' }, '$ '), this.command),
      html('div', { class: 'bar' }, list, html('div', { class: 'actions' }, copy, download)),
      html('div', { class: 'about' }, this.note, this.progress.element),
      this.text,
      this.status,
    );
    this.choose(undefined);
    new IntersectionObserver((entries) => {
      if (!entries.some((entry) => entry.isIntersecting)) return;
      this.near = true;
      this.emitIfWanted();
    }).observe(host);
  }

  /** Sets the function whose code is wanted. */
  show(choice: Choice, { c, d }: Coefficients): void {
    this.wanted = { choice, fit: { c, d } };
    this.emitIfWanted();
  }

  /** The emitted module of the function on show; compiles it where that has not happened yet. Rejects with Refused. */
  latest(): Promise<EmitAnswer> {
    if (this.isCurrent()) return Promise.resolve(this.emitted!.answer);
    return new Promise((resolve, reject) => {
      this.waiting.push({ resolve, reject });
      this.emitIfWanted();
    });
  }

  /** Shows a tab by its name; the first where there is none of that name. */
  choose(name: string | undefined): void {
    this.language = LANGUAGES.find((language) => language === name) ?? LANGUAGES[0];
    for (const [language, tab] of this.tabs) {
      const chosen = language === this.language;
      set(tab, { 'aria-selected': String(chosen), tabindex: chosen ? 0 : -1 });
    }
    this.text.setAttribute('aria-labelledby', `tab-${this.language}`);
    this.draw();
  }

  private isCurrent(): boolean {
    return (
      this.emitted !== undefined && this.wanted !== undefined && sameChoice(this.emitted.choice, this.wanted.choice)
    );
  }

  private emitIfWanted(): void {
    if (this.wanted === undefined || this.isCurrent() || !(this.near || this.waiting.length > 0)) return;
    this.say(this.emitted === undefined ? 'Loading the compiler…' : 'Compiling…', true);
    this.progress.start();
    this.emit(this.wanted);
  }

  private readonly emit = latestOnly(async ({ choice, fit }: Wanted) => {
    try {
      const answer = await this.compiler.ask({ kind: 'emit', choice, fit }, (at) =>
        this.say(`Compiling: ${at}…`, true),
      );
      this.emitted = { choice, answer };
      // Another function is wanted by now, perhaps one that was wanted before.
      if (!this.isCurrent()) return this.emitIfWanted();
      this.draw();
      this.waiting.splice(0).forEach(({ resolve }) => resolve(answer));
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      this.say(error.message, false);
      this.waiting.splice(0).forEach(({ reject }) => reject(error));
    }
  });

  private draw(): void {
    for (const button of this.actions) button.disabled = this.emitted === undefined;
    this.note.textContent = NOTES[this.language];
    if (this.emitted === undefined) return;
    const { answer } = this.emitted;
    const { text } = answer.texts[this.language];
    this.command.textContent = commandOf(answer.command, this.language);
    this.text.replaceChildren(highlight(text, this.language));
    this.text.scrollTop = 0;
    if (!this.isCurrent()) return;
    const lines = text.split('\n').length - 1;
    const { forward, backward } = answer.operations;
    this.say(
      `${lines} lines, ${(new Blob([text]).size / 1024).toFixed(1)} kB; compiled and verified in ` +
        `${(answer.milliseconds / 1000).toFixed(1)} s. Operations an element: forward ${forward}; backward ${backward}.`,
      false,
    );
  }

  private say(text: string, busy: boolean): void {
    this.status.textContent = text;
    this.text.setAttribute('aria-busy', String(busy));
    if (!busy) this.progress.stop();
  }

  private tab(language: Language): HTMLButtonElement {
    const tab = html(
      'button',
      { type: 'button', role: 'tab', id: `tab-${language}`, 'aria-controls': 'emitted' },
      TITLES[language],
    );
    tab.addEventListener('click', () => this.pick(language));
    return tab;
  }

  private pick(language: Language): void {
    this.choose(language);
    this.onChoose(language);
  }

  private moveFocus(event: KeyboardEvent): void {
    const place = LANGUAGES.indexOf(this.language);
    const next = { ArrowLeft: place - 1, ArrowRight: place + 1, Home: 0, End: LANGUAGES.length - 1 }[event.key];
    if (next === undefined) return;
    event.preventDefault();
    this.pick(LANGUAGES.at(next % LANGUAGES.length)!);
    this.tabs.get(this.language)!.focus();
  }

  private async copy(button: HTMLButtonElement): Promise<void> {
    const { text } = this.emitted!.answer.texts[this.language];
    try {
      await navigator.clipboard.writeText(text);
      button.textContent = 'Copied';
    } catch {
      // Not every browser lets pages write to the clipboard: the text is selected, for the visitor to copy.
      getSelection()?.selectAllChildren(this.text);
      button.textContent = 'Selected: copy it';
    }
    setTimeout(() => (button.textContent = 'Copy'), 1600);
  }

  private download(): void {
    const { name, text } = this.emitted!.answer.texts[this.language];
    const address = URL.createObjectURL(new Blob([text], { type: 'text/plain' }));
    html('a', { href: address, download: name }).click();
    setTimeout(() => URL.revokeObjectURL(address), 10_000);
  }
}
