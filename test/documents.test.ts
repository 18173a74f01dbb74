import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import packageJson from '../package.json' with { type: 'json' };
import { emptyDirectory, run } from './cli/support.js';

const root = fileURLToPath(new URL('../', import.meta.url));
const DOCUMENTS = ['README.md', 'CHANGELOG.md', ...readdirSync(`${root}docs`).map((name) => `docs/${name}`)].filter(
  (path) => path.endsWith('.md') && existsSync(root + path),
);

const texts = DOCUMENTS.map((path) => [path, readFileSync(root + path, 'utf8')] as const);

/** The lines of a document's shell blocks, with lines that go on put together, without comments. */
const commandsIn = (text: string): readonly string[] =>
  [...text.matchAll(/^```sh\n([^]*?)^```$/gm)].flatMap(([, block]) =>
    block!
      .replaceAll('\\\n', ' ')
      .split('\n')
      .map((line) => line.replace(/(?:^|\s)#.*$/, '').trim())
      .filter((line) => line !== ''),
  );

const commands = texts.flatMap(([path, text]) => commandsIn(text).map((command) => [path, command] as const));

/** Words as a shell splits them: at spaces, but for those in quotes. */
const words = (command: string): readonly string[] =>
  [...command.matchAll(/"([^"]*)"|'([^']*)'|(\S+)/g)].map(([, double, single, bare]) => double ?? single ?? bare!);

/** Numbers of a trained Hermite 3/2 layer, as `coefficientsOf` gives them. */
const TRAINED = {
  spec: { basis: 'hermite', m: 3, n: 2, denominator: 'sum-abs', target: 'relu' },
  sets: [],
  c: [0.5, 0.5, 0.25, 0.125],
  d: [0.5, 0.25],
};

describe('commands of opau-gen in the documents', () => {
  // The doctor tries the machine, with the built package: `npm run release-check` runs it.
  const ours = commands.filter(([, command]) => /^npx opau-gen (?!doctor)/.test(command));

  it('are there', () => expect(ours.length).toBeGreaterThan(0));

  it.each(ours)('%s: %s', async (_, command) => {
    // Redirections and what else a shell does are not the command's.
    const argv = words(command.replace(/\s[|>].*$/, '')).slice(2);
    const cwd = emptyDirectory();
    // What a layer learned, as training code writes it.
    mkdirSync(join(cwd, 'report'));
    writeFileSync(join(cwd, 'report/gate.json'), JSON.stringify(TRAINED));
    const { code, stderr } = await run(argv, { cwd });
    expect(stderr).not.toMatch(/^opau-gen:/m);
    expect(code).toBe(0);
  });
});

describe('npm scripts in the documents', () => {
  const named = texts.flatMap(([path, text]) =>
    [...text.matchAll(/(?<!own `)npm run ([a-z][\w:-]*)/g)].map(([, name]) => [path, name!] as const),
  );

  it.each([...new Map(named.map((pair) => [pair.join(), pair])).values()])('%s: npm run %s', (_, name) => {
    expect(Object.keys(packageJson.scripts)).toContain(name);
  });
});

describe('links in the documents', () => {
  const links = texts.flatMap(([path, text]) =>
    [...text.matchAll(/\]\((?!https?:|#)([^)#\s]+)(?:#[^)]*)?\)/g)].map(([, target]) => [path, target!] as const),
  );

  it('lead to files that are there', () => {
    const broken = links.filter(([path, target]) => !existsSync(join(root, dirname(path), target)));
    expect(broken).toEqual([]);
  });
});
