import { createHash } from 'node:crypto';
import { pathToFileURL } from 'node:url';

/** Modules are loaded once a URL: what the file holds is a part of it. */
export const freshUrl = (path: string, text: string): string =>
  `${pathToFileURL(path).href}?${createHash('sha256').update(text).digest('hex').slice(0, 16)}`;
