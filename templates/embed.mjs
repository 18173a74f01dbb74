/**
 * Writes compiler/emit/template.ts, the text of templates/activation.ts as a module, so that the compiler reads no file
 * and runs in browsers. Part of every build, check and test run; what it writes is not committed.
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';

const file = (path) => new URL(path, import.meta.url);
const target = file('../compiler/emit/template.ts');

// A checkout may have other line ends than the emitted files.
const template = readFileSync(file('activation.ts'), 'utf8').replaceAll('\r\n', '\n');
const text = `// The text of templates/activation.ts, by templates/embed.mjs.\nexport const TEMPLATE = ${JSON.stringify(template)};\n`;
// Written only where it changed: another process may be reading it.
if (!existsSync(target) || readFileSync(target, 'utf8') !== text) writeFileSync(target, text);
