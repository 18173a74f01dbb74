import { COMMANDS, DEFAULT_COMMAND, type Command, type CommandName } from './commands.js';
import { FLAGS, spellings, takes, type Flag } from './flags.js';

const WIDTH = 100;
const INDENT = 24;

/** The text of `--help` for a command, made from the tables of commands and flags. */
export async function helpText(name: CommandName = DEFAULT_COMMAND): Promise<string> {
  const commands: readonly Command[] = COMMANDS;
  const { summary, about = [summary], examples = [] } = commands.find((command) => command.name === name)!;
  const isDefault = name === DEFAULT_COMMAND;
  const words = isDefault ? 'opau-gen' : `opau-gen ${name}`;
  const flags: readonly Flag[] = FLAGS.filter((flag) => takes(flag, name));
  const required = flags.filter((flag) => flag.required).map((flag) => ` --${flag.name} ${flag.value}`);
  const described = await Promise.all(flags.map(describe));
  const lines = [
    `Usage: ${words}${required.join('')} [options]`,
    ...(isDefault ? ['       opau-gen [--config FILE] [options]', '       opau-gen COMMAND [options]'] : []),
    '',
    ...about,
    '',
    ...(isDefault ? ['Commands (opau-gen COMMAND --help says more):', ...commands.flatMap(row), '', 'Options:'] : []),
    ...described.flat(),
    ...(examples.length === 0 ? [] : ['', 'Examples:']),
    ...examples.flatMap(([given, effect]) => [`  npx opau-gen ${given}`, `      ${effect}`]),
    '',
    'Exit codes: 0 done, 1 failed (a fault of opau-gen, or what --check has found), 2 wrong use. A failed run writes nothing.',
  ];
  return `${lines.join('\n')}\n`;
}

const row = ({ name, summary }: Command): readonly string[] => described(name, [summary]);

async function describe(flag: Flag): Promise<readonly string[]> {
  const names = `${spellings(flag).reverse().join(', ')}${flag.value === undefined ? '' : ` ${flag.value}`}`;
  const choices = await flag.choices?.();
  return described(names, [
    flag.summary + (flag.required ? ' (required)' : ''),
    ...(choices === undefined ? [] : [`one of ${choices.join(', ')}`]),
    ...(flag.default === undefined ? [] : [`default ${flag.default}`]),
  ]);
}

/** A name, and what it is to the right of it. */
function described(name: string, paragraphs: readonly string[]): readonly string[] {
  const [first, ...others] = paragraphs.flatMap((text) => wrap(text, WIDTH - INDENT));
  return [`  ${name}`.padEnd(INDENT) + first, ...others.map((line) => ' '.repeat(INDENT) + line)];
}

function wrap(text: string, width: number): readonly string[] {
  const lines = [''];
  for (const word of text.split(' ')) {
    const line = lines.at(-1)!;
    if (line !== '' && line.length + 1 + word.length > width) lines.push(word);
    else lines[lines.length - 1] = line === '' ? word : `${line} ${word}`;
  }
  return lines;
}
