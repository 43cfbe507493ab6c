import { existsSync } from 'node:fs';
import { isatty } from 'node:tty';
import { type Arguments, type Command, flagValue } from '../arguments/command.ts';
import { badArgument } from '../errors/command-error.ts';
import { print } from '../output/print.ts';
import { say } from '../output/say.ts';
import { readCredentials } from '../remote/credentials.ts';
import { PROJECT_FILE } from '../remote/project-file.ts';
import { prompt } from '../remote/prompt.ts';
import { assertProject, serverUrl } from '../remote/server-access.ts';
import { DEFAULT_URL, PROJECT_VARIABLE, URL_VARIABLE } from '../remote/server-flags.ts';
import { writeFile } from '../scenarios/write-file.ts';

export const init: Command = {
  name: 'init',
  summary: 'say which server and project a folder works with',
  usage: '[options]',
  positionals: { min: 0, max: 0, name: '' },
  flags: [
    {
      name: 'server',
      value: 'url',
      summary: `where it is (default: asked for on a terminal; $${URL_VARIABLE}, else the last login, else ${DEFAULT_URL})`,
    },
    { name: 'project', value: 'id', summary: `the project (default: $${PROJECT_VARIABLE}, else that of the key)` },
    { name: 'force', summary: 'over a file that is there' },
    { name: 'json', summary: 'what was written as JSON on stdout, for programs' },
  ],
  notes: [
    `It writes ${PROJECT_FILE}, which commands read in the folder they are called in, and which holds no key: keep it in the repository. Flags and variables go before it.`,
  ],
  examples: [
    'datamaker init',
    'datamaker init --server https://datamaker.example.com --project proj_8d3kq0vx2m5ra7cz4n1w',
  ],
  run,
};

async function run(args: Arguments): Promise<void> {
  if (existsSync(PROJECT_FILE) && !args.flags.has('force')) {
    throw badArgument(PROJECT_FILE, 'file_exists', 'it is there already', '--force writes it anew');
  }
  const variable = (name: string): string | undefined => process.env[name]?.trim() || undefined;
  const otherwise = variable(URL_VARIABLE) ?? readCredentials(process.env).current ?? DEFAULT_URL;
  const isAsked = flagValue(args, 'server') === undefined && isatty(0) && isatty(2);
  const asked = isAsked ? await prompt(`Server [${otherwise}]: `, false) : '';
  const server = serverUrl(flagValue(args, 'server') ?? (asked === '' ? otherwise : asked), '--server');
  const project = flagValue(args, 'project') ?? variable(PROJECT_VARIABLE);
  if (project !== undefined) assertProject(project);
  const document = { server, ...(project === undefined ? {} : { project }) };
  const text = `${JSON.stringify(document, undefined, 2)}\n`;
  await writeFile(PROJECT_FILE, Buffer.from(text));
  if (args.flags.has('json')) await print(text);
  else say(`${PROJECT_FILE} names ${server}; \`datamaker login\` keeps a key for it\n`);
}
