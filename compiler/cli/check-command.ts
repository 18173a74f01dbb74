import { createPatch, OMIT_HEADERS } from 'diff';
import { paintFor, type Style } from './colour.js';
import { compileAll } from './compile.js';
import { print, type Io } from './io.js';
import type { Plan } from './plan.js';
import { extraFiles, readOutput } from './read-files.js';
import { quoted } from './shell-word.js';
import { command } from '../emit/identity.js';
import type { Stages } from '../generate.js';

/** A file that is not as it should be. */
interface Finding {
  readonly kind: 'missing' | 'stale' | 'extra';
  readonly file: string;
  readonly diff?: string;
  readonly why: string;
}

/**
 * `--check`: compares the files with what would be written, and writes nothing. The diffs of stale files go to stdout, a
 * patch that would mend them; what is wrong with which file, and the command that mends it all, to stderr. Exit code 1
 * where something is. Throws UsageError.
 */
export async function checkCommand(plan: Plan, io: Io, stages?: Stages): Promise<number> {
  const findings: Finding[] = [];
  for await (const { job, before, text } of compileAll(plan.jobs, (job) => readOutput(io.fs, job), io, stages)) {
    const { file } = job;
    if (before === undefined) findings.push({ kind: 'missing', file, why: 'it has not been generated' });
    else if (before !== text)
      findings.push({ kind: 'stale', file, why: reasonFor(before, text), diff: patch(file, before, text) });
  }
  // With one activation on flags, all other files are someone else's.
  for (const file of plan.config === undefined ? [] : await extraFiles(plan, io)) {
    findings.push({ kind: 'extra', file, why: `no entry of ${plan.config!.shown} makes it` });
  }

  for (const { diff } of findings) if (diff !== undefined) await print(io, painted(diff, io));
  const paint = paintFor(io.stderr, io.env);
  for (const { kind, file, why } of findings)
    await io.stderr.write(`${paint('bold', kind.padEnd(10))}  ${file}: ${why}\n`);
  if (findings.length === 0) {
    await io.stderr.write(`${paint('bold', 'up to date')}  ${shown(plan.jobs.map(({ file }) => file))}\n`);
    return 0;
  }
  await io.stderr.write(`${paint('bold', 'to mend')}     ${cure(plan, findings)}\n`);
  return 1;
}

const shown = (files: readonly string[]): string => (files.length > 3 ? `${files.length} files` : files.join(', '));

const reasonFor = (before: string, text: string): string =>
  before.replaceAll('\r\n', '\n') === text
    ? 'its lines end in CR LF, not in LF: see core.autocrlf in git'
    : 'it is not what opau-gen makes';

/** Beyond as many changed lines a search for what stayed takes seconds, and nobody reads its result. */
const MOST_CHANGES = 2000;

function patch(file: string, before: string, text: string): string {
  const options = { headerOptions: OMIT_HEADERS, maxEditLength: MOST_CHANGES };
  const hunks = createPatch(file, before, text, undefined, undefined, options) ?? everything(before, text);
  // A tab ends a name with spaces in it.
  const name = /\s/.test(file) ? `${file}\t` : file;
  return `--- ${name}\n+++ ${name}\n${hunks}`;
}

/** One hunk: all lines away, all lines new. */
function everything(before: string, text: string): string {
  const [old, fresh] = [before, text].map((whole) => whole.replace(/\n$/, '').split('\n'));
  return [
    `@@ -1,${old!.length} +1,${fresh!.length} @@`,
    ...old!.map((line) => `-${line}`),
    ...(before.endsWith('\n') ? [] : ['\\ No newline at end of file']),
    ...fresh!.map((line) => `+${line}`),
    '',
  ].join('\n');
}

/** The commands that make everything as it should be. */
function cure({ jobs, config }: Plan, findings: readonly Finding[]): string {
  const isDefault = config !== undefined && /^opau\.config\.\w+$/.test(config.shown);
  const { spec, directory } = jobs[0]!;
  const generate =
    config === undefined
      ? `${command(spec)}${directory.shown === 'generated' ? '' : ` --out ${quoted(directory.shown)}`}`
      : `npx opau-gen${isDefault ? '' : ` --config ${quoted(config.shown)}`}`;
  const extra = findings.filter(({ kind }) => kind === 'extra').map(({ file }) => quoted(file));
  return [
    ...(findings.some(({ kind }) => kind !== 'extra') ? [generate] : []),
    ...(extra.length > 0 ? [`rm ${extra.join(' ')}`] : []),
  ].join(' && ');
}

function painted(diff: string, { stdout, env }: Io): string {
  const paint = paintFor(stdout, env);
  const styles: readonly (readonly [RegExp, Style])[] = [
    [/^(---|\+\+\+) /, 'bold'],
    [/^@@/, 'cyan'],
    [/^-/, 'red'],
    [/^\+/, 'green'],
  ];
  const line = (text: string): string => {
    const style = styles.find(([pattern]) => pattern.test(text))?.[1];
    return style === undefined ? text : paint(style, text);
  };
  return diff.split('\n').map(line).join('\n');
}
