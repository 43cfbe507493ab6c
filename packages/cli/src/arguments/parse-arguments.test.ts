import { describe, expect, it } from 'vitest';
import { CommandError } from '../errors/command-error.ts';
import type { Command } from './command.ts';
import { parseArguments } from './parse-arguments.ts';

const command: Command = {
  name: 'paint',
  summary: '',
  usage: '<wall> [options]',
  positionals: { min: 1, max: 1, name: 'wall' },
  flags: [
    { name: 'colour', short: 'c', value: 'name', summary: 'the colour' },
    { name: 'coats', value: 'N', summary: 'how many' },
    { name: 'dry', summary: 'only look' },
    { name: 'mix', value: 'colour', summary: 'what goes in', repeatable: true },
  ],
  notes: [],
  examples: [],
  run: async () => undefined,
};

/** The one problem that the words are refused with. */
async function problemOf(...words: string[]) {
  const error = await parseArguments(command, words).then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  expect(error).toBeInstanceOf(CommandError);
  const { exitCode, problems } = error as CommandError;
  expect(exitCode).toBe(2);
  expect(problems).toHaveLength(1);
  return problems[0];
}

describe('parseArguments', () => {
  it('reads values behind a blank, behind = and behind a short flag, and switches', async () => {
    const { flags, positionals } = await parseArguments(command, ['-c', 'red', '--coats=2', 'north', '--dry']);
    expect(Object.fromEntries(flags)).toEqual({ colour: 'red', coats: '2', dry: true });
    expect(positionals).toEqual(['north']);
  });

  it('keeps every value of a flag that may be repeated, and the last of one that may not', async () => {
    const words = ['--mix', 'red', '-c', 'blue', 'north', '--mix=white', '-c', 'green'];
    const { flags, repeated } = await parseArguments(command, words);
    expect(repeated).toEqual(new Map([['mix', ['red', 'white']]]));
    expect(flags.get('colour')).toBe('green');
    expect((await parseArguments(command, ['north'])).repeated.size).toBe(0);
  });

  it('takes - as an argument and -1 as a value', async () => {
    const { flags, positionals } = await parseArguments(command, ['-', '--coats', '-1']);
    expect(positionals).toEqual(['-']);
    expect(flags.get('coats')).toBe('-1');
  });

  it('takes everything behind -- as an argument', async () => {
    expect((await parseArguments(command, ['--', '--dry'])).positionals).toEqual(['--dry']);
  });

  it('names the nearest flag for an unknown one', async () => {
    const problem = await problemOf('north', '--colur', 'red');
    expect(problem).toMatchObject({ code: 'unknown_option', place: '--colur' });
    expect(problem?.hint).toContain('did you mean --colour?');
  });

  it('says which flag lacks its value, also when another flag follows', async () => {
    expect(await problemOf('north', '--colour')).toMatchObject({ code: 'missing_value', place: '--colour' });
    expect(await problemOf('north', '--colour', '--coats', '2')).toMatchObject({
      code: 'missing_value',
      place: '--colour',
    });
  });

  it('refuses a value for a switch', async () => {
    expect(await problemOf('north', '--dry=yes')).toMatchObject({ code: 'unexpected_value', place: '--dry' });
  });

  it('refuses too few and too many arguments', async () => {
    expect(await problemOf()).toMatchObject({ code: 'missing_argument', place: '<wall>' });
    expect(await problemOf('north', 'south')).toMatchObject({ code: 'unexpected_argument', place: 'south' });
  });

  it('asks for nothing else when help is wanted', async () => {
    expect((await parseArguments(command, ['-h'])).flags.has('help')).toBe(true);
  });
});
