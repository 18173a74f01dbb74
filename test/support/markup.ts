/** The tags that are left open or closed out of turn. */
export function unclosed(markup: string): string[] {
  const open: string[] = [];
  for (const [, slash, name, rest] of markup
    .replace(/<style>[^<]*<\/style>|<!doctype html>/g, '')
    .matchAll(/<(\/?)([\w]+)([^>]*)>/g)) {
    if (slash === '') {
      if (!rest!.endsWith('/')) open.push(name!);
    } else if (open.pop() !== name) return [`</${name}>`];
  }
  return open;
}
