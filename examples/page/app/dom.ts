type Child = Node | string;
type Attributes = Readonly<Record<string, string | number | boolean>>;

/** The element with an id that index.html has. */
export function byId<E extends HTMLElement = HTMLElement>(id: string): E {
  const element = document.getElementById(id);
  if (element === null) throw new Error(`the page has no #${id}`);
  return element as E;
}

/** A new element; false leaves an attribute out, true sets it empty. */
export function html<K extends keyof HTMLElementTagNameMap>(
  name: K,
  attributes: Attributes = {},
  ...children: readonly Child[]
): HTMLElementTagNameMap[K] {
  const element = document.createElement(name);
  set(element, attributes);
  element.append(...children);
  return element;
}

export function svg<K extends keyof SVGElementTagNameMap>(
  name: K,
  attributes: Attributes = {},
  ...children: readonly Child[]
): SVGElementTagNameMap[K] {
  const element = document.createElementNS('http://www.w3.org/2000/svg', name);
  set(element, attributes);
  element.append(...children);
  return element;
}

export function set(element: Element, attributes: Attributes): void {
  for (const [name, value] of Object.entries(attributes)) {
    if (value === false) element.removeAttribute(name);
    else element.setAttribute(name, value === true ? '' : String(value));
  }
}

/** Calls at most once a frame, with the last arguments. */
export function eachFrame<Args extends readonly unknown[]>(run: (...args: Args) => void): (...args: Args) => void {
  let latest: Args | undefined;
  return (...args) => {
    if (latest === undefined) {
      requestAnimationFrame(() => {
        const now = latest!;
        latest = undefined;
        run(...now);
      });
    }
    latest = args;
  };
}

/** A number for people: a true minus, and figures that tell something. */
export const show = (value: number, digits = 4): string =>
  (Number.isFinite(value) ? String(Number(value.toPrecision(digits))) : String(value)).replace(/-/g, '\u2212');
