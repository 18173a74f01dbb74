/** `prefix a, b, c suffix` over as many lines as it takes; nothing for an empty list. */
export function wrapList(prefix: string, items: readonly string[], suffix: string, width = 96): string[] {
  if (items.length === 0) return [];
  const lines: string[] = [];
  let line = prefix;
  items.forEach((item, i) => {
    const piece = item + (i < items.length - 1 ? ', ' : suffix);
    if (line.length + piece.trimEnd().length > width && line.trim() !== '') {
      lines.push(line.trimEnd());
      line = '  ';
    }
    line += piece;
  });
  return [...lines, line];
}
