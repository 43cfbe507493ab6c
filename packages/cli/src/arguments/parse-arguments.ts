import { parseArgs } from 'node:util';
import { badArgument } from '../errors/command-error.ts';
import type { Arguments, Command, Flag } from './command.ts';

/** Flags that every command has. */
export const COMMON_FLAGS: readonly Flag[] = [{ name: 'help', short: 'h', summary: 'show this help' }];

/**
 * Reads what follows a command's name. `node:util` splits it into tokens; the judgement is made here, so that every
 * mistake names the flag and the nearest known one.
 * @throws CommandError (exit code 2) for an unknown flag, a missing or superfluous value, too few or too many arguments.
 */
export async function parseArguments(command: Command, words: readonly string[]): Promise<Arguments> {
  const known = [...command.flags, ...COMMON_FLAGS];
  const options = Object.fromEntries(
    known.map((flag) => [
      flag.name,
      {
        type: flag.value === undefined ? 'boolean' : 'string',
        ...(flag.short === undefined ? {} : { short: flag.short }),
      },
    ]),
  ) as Record<string, { type: 'boolean' | 'string'; short?: string }>;
  const { tokens } = parseArgs({ args: [...words], options, strict: false, allowPositionals: true, tokens: true });

  const flags = new Map<string, string | true>();
  const repeated = new Map<string, string[]>();
  const positionals: string[] = [];
  for (const token of tokens) {
    if (token.kind === 'positional') positionals.push(token.value);
    if (token.kind !== 'option') continue;
    const flag = known.find((candidate) => candidate.name === token.name);
    if (flag === undefined) throw await unknownFlag(command, known, token.rawName);
    const value = checkedValue(flag, token.rawName, token.value, known);
    flags.set(flag.name, value);
    if (flag.repeatable === true && value !== true)
      repeated.set(flag.name, [...(repeated.get(flag.name) ?? []), value]);
  }
  if (!flags.has('help')) checkPositionals(command, positionals);
  return { flags, repeated, positionals };
}

function checkedValue(flag: Flag, given: string, value: string | undefined, known: readonly Flag[]): string | true {
  if (flag.value === undefined) {
    if (value === undefined) return true;
    throw badArgument(given, 'unexpected_value', `${given} takes no value`);
  }
  // `--out --seed 3` forgot the value of --out; a value that merely starts with a dash (-1, -) is a value.
  const isFlag = value?.startsWith('--') && known.some((other) => value === `--${other.name}`);
  if (value === undefined || isFlag) {
    throw badArgument(
      given,
      'missing_value',
      `${given} needs a value`,
      `write ${given} <${flag.value}>: ${flag.summary}`,
    );
  }
  return value;
}

async function unknownFlag(command: Command, known: readonly Flag[], given: string): Promise<Error> {
  const { nearest } = await import('@datamaker/engine');
  const match = nearest(
    given.replace(/^-+/, ''),
    known.map((flag) => flag.name),
  );
  const help = `\`datamaker ${command.name} --help\` lists the options`;
  return badArgument(
    given,
    'unknown_option',
    `there is no option ${given}`,
    match ? `did you mean --${match}? ${help}` : help,
  );
}

function checkPositionals(command: Command, positionals: readonly string[]): void {
  const { min, max, name } = command.positionals;
  const usage = `usage: datamaker ${command.name} ${command.usage}`;
  if (positionals.length < min) throw badArgument(`<${name}>`, 'missing_argument', `<${name}> is missing`, usage);
  const extra = positionals[max];
  if (extra !== undefined) throw badArgument(extra, 'unexpected_argument', `${extra} is one argument too many`, usage);
}
