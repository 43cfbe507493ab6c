import { styleText } from 'node:util';
import type { Finding } from '@datamaker/server/maintenance';
import type { Arguments, Command } from '../arguments/command.ts';
import { CommandError } from '../errors/command-error.ts';
import { print } from '../output/print.ts';
import { serverOptions } from './server-options.ts';

export const doctor: Command = {
  name: 'doctor',
  summary: 'say whether this host has what a server or a worker needs',
  usage: '[options]',
  positionals: { min: 0, max: 0, name: '' },
  flags: [
    { name: 'port', short: 'p', value: 'N', summary: 'as of `datamaker serve`' },
    { name: 'host', value: 'address', summary: 'as of `datamaker serve`' },
    { name: 'data-dir', value: 'folder', summary: 'as of `datamaker serve`' },
    { name: 'json', summary: 'as JSON' },
  ],
  notes: [
    'It looks with the flags and the variables that a server would be started with: settings, Node, the data directory, the database, the file store, the port, Python and the sandbox. It starts no server, shows no secrets, and changes nothing but for an object that it writes into the bucket of the file store and removes again.',
    'It ends with exit code 1 when a server would not start. What is left out, such as scenarios on a host without bubblewrap, is a notice, and no failure.',
  ],
  examples: ['datamaker doctor', 'datamaker doctor --data-dir /var/lib/datamaker --json'],
  run,
};

const MARKS = { good: ['green', '✓'], notice: ['yellow', '!'], bad: ['red', '✗'] } as const;
const WIDTH = 16;

async function run(args: Arguments): Promise<void> {
  const options = { ...serverOptions(args, process.env), environment: process.env };
  const { examineHost } = await import('@datamaker/server/maintenance');
  const isJson = args.flags.has('json');
  const all: Finding[] = [];
  for await (const finding of examineHost(options)) {
    all.push(finding);
    if (!isJson) await print(lineOf(finding));
  }
  const count = all.filter(({ state }) => state === 'bad').length;
  if (isJson) await print(`${JSON.stringify({ ok: count === 0, findings: all }, undefined, 2)}\n`);
  const things = count === 1 ? '1 thing is' : `${count} things are`;
  if (count > 0) throw new CommandError(1, 'host_not_ready', `${things} in the way of a server on this host`);
}

function lineOf({ what, state, found, remedy }: Finding): string {
  const [colour, mark] = MARKS[state];
  const line = `${styleText(colour, mark, { stream: process.stdout })} ${what.padEnd(WIDTH)}${found}\n`;
  return remedy === undefined ? line : `${line}${' '.repeat(WIDTH + 2)}${remedy}\n`;
}
