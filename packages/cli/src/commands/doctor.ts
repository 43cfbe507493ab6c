import { styleText } from 'node:util';
import type { ExamineOptions, Finding } from '@datamaker/server/maintenance';
import { type Arguments, type Command, flagValue } from '../arguments/command.ts';
import { badArgument, CommandError } from '../errors/command-error.ts';
import { explain } from '../errors/system-error.ts';
import { openOutput } from '../output/open-output.ts';
import { print } from '../output/print.ts';
import { say } from '../output/say.ts';
import { version } from '../version.ts';
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
    { name: 'bundle', value: 'file', summary: 'write what helps others to help, without secrets, into a ZIP archive' },
    { name: 'log', value: 'file', summary: 'with --bundle: the log of the server, of which the end is told' },
  ],
  notes: [
    'It looks with the flags and the variables that a server would be started with: settings, Node, the data directory, the database, the file store, the port, Python and the sandbox. It starts no server, shows no secrets, and changes nothing but for an object that it writes into the bucket of the file store and removes again.',
    'It ends with exit code 1 when a server would not start. What is left out, such as scenarios on a host without bubblewrap, is a notice, and no failure.',
    'A bundle has the findings, versions, settings, the state of the database (migrations, sizes of tables, the queue), what a server that runs on --host and --port says of itself, and the last 500 lines of --log without messages of errors and names of things. Secrets are not in it: of settings that hold one only that they are set, and whatever else holds a secret that this host knows has it taken out. Look through it before you send it. With it the exit code is 0 once it is written, whatever was found.',
  ],
  examples: [
    'datamaker doctor',
    'datamaker doctor --data-dir /var/lib/datamaker --json',
    'datamaker doctor --bundle support.zip --log /var/log/datamaker.log',
  ],
  run,
};

const MARKS = { good: ['green', '✓'], notice: ['yellow', '!'], bad: ['red', '✗'] } as const;
const WIDTH = 16;

async function run(args: Arguments): Promise<void> {
  const options = { ...serverOptions(args, process.env), environment: process.env };
  const bundle = flagValue(args, 'bundle');
  if (bundle !== undefined) return writeBundle(bundle, args, options);
  if (args.flags.has('log'))
    throw badArgument('--log', 'missing_option', '--log is for a bundle', 'add --bundle <file>');
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

/** Only its owner may read or write it. */
const MODE = 0o600;

async function writeBundle(out: string, args: Arguments, options: ExamineOptions): Promise<void> {
  if (args.flags.has('json')) {
    throw badArgument('--json', 'unexpected_option', '--json goes without --bundle, which has the findings as JSON');
  }
  const { gatherBundle, packBundle } = await import('@datamaker/server/maintenance');
  const output = await openOutput(out, '--bundle', MODE);
  if (output.isTerminal) throw badArgument('--bundle', 'is_a_terminal', 'a bundle is not for reading', 'name a file');
  const logFile = flagValue(args, 'log');
  const gather = () =>
    gatherBundle({ ...options, version: version(), logFile, onFinding: (finding) => say(lineOf(finding)) });
  const files = await explain(`${logFile ?? 'the log'} could not be read`, gather);
  const bytes = await packBundle(files);
  await explain(`${output.name} could not be written`, async () => {
    await output.write(bytes);
    await output.commit();
  });
  say(`${files.size} parts -> ${output.name}\n`);
}

function lineOf({ what, state, found, remedy }: Finding): string {
  const [colour, mark] = MARKS[state];
  const line = `${styleText(colour, mark, { stream: process.stdout })} ${what.padEnd(WIDTH)}${found}\n`;
  return remedy === undefined ? line : `${line}${' '.repeat(WIDTH + 2)}${remedy}\n`;
}
