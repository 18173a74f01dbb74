/** The generated parts of the documents, from the compiler itself: `npm run readme`. A test holds them up to date. */
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { families, parametricFamilies, type Family, type ParametricFamily } from '../compiler/bases/index.js';
import { instance, pattern } from '../compiler/bases/parametric.js';
import { COMMANDS, DEFAULT_COMMAND, type CommandName } from '../compiler/cli/commands.js';
import { commandsOf, FLAGS, takes, type Flag } from '../compiler/cli/flags.js';
import { nodeIo } from '../compiler/cli/io.js';
import { summary } from '../compiler/cli/summary.js';
import type { Generation } from '../compiler/generate.js';

/** The generated parts of each document, by name. */
export async function partsOf(shown: Generation): Promise<Readonly<Record<string, Readonly<Record<string, string>>>>> {
  return {
    'README.md': {
      summary: block('', summary(shown, 'generated', { ...nodeIo(), env: { NO_COLOR: '1' } })),
      emitted: block('ts', excerpt([...shown.files.values()][0]!)),
      flags: await flagTable(DEFAULT_COMMAND),
      training: block('ts', quotedIn(await readFile(packageFile('examples/training-tools/main.ts'), 'utf8'))),
    },
    'docs/command.md': { commands: await flagTables() },
    'docs/bases.md': { bases: basisTable() },
  };
}

/** `text` with everything between `<!-- begin NAME -->` and `<!-- end NAME -->` made anew. */
export function fill(text: string, parts: Readonly<Record<string, string>>): string {
  return Object.entries(parts).reduce((result, [name, content]) => {
    const pattern = new RegExp(`(<!-- begin ${name} -->\n)[^]*?(<!-- end ${name} -->)`);
    if (!pattern.test(result)) throw new Error(`there is no part named ${name}`);
    return result.replace(pattern, (_, begin: string, end: string) => `${begin}${content}\n${end}`);
  }, text);
}

const block = (language: string, text: string): string => `\`\`\`${language}\n${text.trimEnd()}\n\`\`\``;

/** The header, the forward kernel and the end of a module: what a reader looks for first. */
function excerpt(module: string): string {
  const lines = module.split('\n');
  const [imports, forward, afterForward, op] = [
    lines.findIndex((line) => line.startsWith('/* eslint')),
    lines.findIndex((line) => line.startsWith('/** ys[k]')),
    lines.findIndex((line) => line.startsWith('/** dxs[k]')),
    lines.findIndex((line) => line.startsWith(' * F as a differentiable op')) - 1,
  ];
  return [...lines.slice(0, imports), '…', '', ...lines.slice(forward, afterForward), '…', '', ...lines.slice(op)].join(
    '\n',
  );
}

/** What an example shows of itself: the lines between `// begin quoted` and `// end quoted`. */
const quotedIn = (text: string): string =>
  [...text.matchAll(/^\/\/ begin quoted\n([^]*?)^\/\/ end quoted$/gm)].map(([, lines]) => lines!).join('\n');

/** The sources, from here or from the build in dist/. */
function packageFile(path: string): URL {
  const near = new URL(`../${path}`, import.meta.url);
  return existsSync(near) ? near : new URL(`../../${path}`, import.meta.url);
}

/** The flags of every command that has some of its own. */
async function flagTables(): Promise<string> {
  const own = COMMANDS.filter(({ name }) =>
    FLAGS.some((flag: Flag) => takes(flag, name) && commandsOf(flag).length === 1),
  );
  const parts = await Promise.all(
    own.map(async ({ name, summary }) => `### opau-gen ${name}\n\nIt ${summary}.\n\n${await flagTable(name)}`),
  );
  return parts.join('\n\n');
}

async function flagTable(command: CommandName): Promise<string> {
  const rows = await Promise.all(
    (FLAGS as readonly Flag[])
      .filter((flag) => takes(flag, command))
      .map(async (flag) => {
        const choices = await flag.choices?.();
        const name = `\`--${flag.name}${flag.value === undefined ? '' : ` ${flag.value}`}\`${flag.short ? `, \`-${flag.short}\`` : ''}`;
        const notes = [
          escaped(flag.summary),
          ...(choices === undefined ? [] : [choices.map((choice) => `\`${choice}\``).join(', ')]),
          ...(flag.default === undefined ? [] : [`default \`${flag.default}\``]),
          ...(flag.required ? ['required'] : []),
        ];
        return `| ${name} | ${notes.join('; ')} |`;
      }),
  );
  return ['| flag | |', '|---|---|', ...rows].join('\n');
}

function basisTable(): string {
  const row = (
    names: readonly string[],
    { title, formula, where = [], orthogonality: o, classPrefix }: Family,
  ): string => {
    const weight = o === undefined ? '' : `${o.weight} on ${o.interval}`;
    const cells = [names.map((name) => `\`${name}\``).join(', '), title, [formula, ...where].join('; '), weight];
    return `| ${[...cells, `\`${classPrefix}5x4\``].join(' | ')} |`;
  };
  const rows = [
    ...families.map((family) => row([family.name, ...(family.aliases ?? [])], family)),
    ...parametricFamilies.map((parametric) => row([pattern(parametric)], exampleOf(parametric))),
  ];
  return ['| `--basis` | | recurrence | orthogonal under | class |', '|---|---|---|---|---|', ...rows].join('\n');
}

const exampleOf = (parametric: ParametricFamily): Family =>
  instance(
    parametric,
    parametric.parameters.map((parameter) => parameter.example),
  );

const escaped = (text: string): string => text.replaceAll('|', '\\|');
