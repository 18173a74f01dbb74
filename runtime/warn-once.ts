const said = new Set<string>();

/** Tells of a fallback that was taken: once, however often it is taken. */
export function warnOnce(message: string): void {
  if (said.has(message)) return;
  said.add(message);
  console.warn(message);
}
