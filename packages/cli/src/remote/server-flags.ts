import type { Flag } from '../arguments/command.ts';

/** The variables that the Python package reads, too. */
export const KEY_VARIABLE = 'DM_API_KEY';
export const URL_VARIABLE = 'DM_URL';
export const PROJECT_VARIABLE = 'DM_PROJECT_ID';
export const DEFAULT_URL = 'http://127.0.0.1:3000';

/** Flags of commands that speak with a server. */
export const SERVER_FLAGS: readonly Flag[] = [
  {
    name: 'server',
    value: 'url',
    summary: `where it is (default: $${URL_VARIABLE}, else datamaker.json, else the last login, else ${DEFAULT_URL})`,
  },
  {
    name: 'project',
    value: 'id',
    summary: `the project (default: $${PROJECT_VARIABLE}, else datamaker.json, else that of the key)`,
  },
  { name: 'json', summary: 'what there is to know as JSON on stdout, for programs' },
];

/** What the help says of the key. */
export const KEY_NOTE = `The key is taken from $${KEY_VARIABLE}, else from what \`datamaker login\` has kept for the server, and from no flag: whoever lists processes sees what is in a command line.`;
