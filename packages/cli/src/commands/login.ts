import { isatty } from 'node:tty';
import { type Arguments, type Command, flagValue } from '../arguments/command.ts';
import { badArgument } from '../errors/command-error.ts';
import { printable } from '../errors/printable.ts';
import { print } from '../output/print.ts';
import { say } from '../output/say.ts';
import { credentialsPath, readCredentials, writeCredentials } from '../remote/credentials.ts';
import { readProjectFile } from '../remote/project-file.ts';
import { prompt } from '../remote/prompt.ts';
import { assertProject, isKey, serverUrl } from '../remote/server-access.ts';
import { ServerApi } from '../remote/server-api.ts';
import { DEFAULT_URL, URL_VARIABLE } from '../remote/server-flags.ts';

/** More than any key has. */
const MOST_LETTERS = 1000;

export const login: Command = {
  name: 'login',
  summary: 'keep the key of a server, for all commands that ask one',
  usage: '[options]',
  positionals: { min: 0, max: 0, name: '' },
  flags: [
    {
      name: 'server',
      value: 'url',
      summary: `where it is (default: $${URL_VARIABLE}, on a terminal else datamaker.json, else ${DEFAULT_URL})`,
    },
    { name: 'project', value: 'id', summary: 'the project to work in (default: that of the key)' },
    { name: 'json', summary: 'whose key it is as JSON on stdout, for programs' },
  ],
  notes: [
    'The key is asked for on the terminal, where it does not appear, or read from stdin. The server is asked whose it is before it is kept.',
    'It is kept in $XDG_CONFIG_HOME/datamaker/credentials.json (default: ~/.config), which only you may read, and goes to this server and no other. The server of the last login is the one that is asked where nothing else names one.',
  ],
  examples: [
    'datamaker login --server https://datamaker.example.com',
    'pass show datamaker | datamaker login --server https://datamaker.example.com',
  ],
  run,
};

async function run(args: Arguments): Promise<void> {
  const hasTerminal = isatty(0);
  const named = flagValue(args, 'server') ?? (process.env[URL_VARIABLE]?.trim() || undefined);
  // Who is not there to see which server is meant sends no key to one that a file names.
  const url = serverUrl(named ?? (hasTerminal ? readProjectFile().server : undefined) ?? DEFAULT_URL, '--server');
  const project = flagValue(args, 'project');
  if (project !== undefined) assertProject(project);
  const before = readCredentials(process.env);
  const key = hasTerminal ? await prompt(`Key for ${url}: `, true) : await readKey();
  if (key === '') throw badArgument('<stdin>', 'missing_key', 'no key was given', 'type it, or pipe it into stdin');
  if (key.length > MOST_LETTERS || !isKey(key)) throw badArgument('<stdin>', 'invalid_key', 'that is no key');
  const api = new ServerApi(url, key, project);
  const { id, name, role } = await api.json<{ id: string; name: string; role: string }>('/people/me');
  if (project !== undefined) await api.json(`/projects/${project}`);
  const servers = { ...before.servers, [url]: { key, ...(project === undefined ? {} : { project }) } };
  await writeCredentials({ current: url, servers }, process.env);
  const file = credentialsPath(process.env);
  if (args.flags.has('json'))
    await print(`${JSON.stringify({ server: url, person: { id, name, role }, file }, undefined, 2)}\n`);
  else say(`${url} knows you as ${printable(name)} (${printable(role)}); the key is kept in ${file}\n`);
}

async function readKey(): Promise<string> {
  let read = '';
  for await (const piece of process.stdin.setEncoding('utf8')) {
    read += piece;
    // What is piped in by mistake may be anything.
    if (read.length > 2 * MOST_LETTERS) break;
  }
  return read.trim();
}
