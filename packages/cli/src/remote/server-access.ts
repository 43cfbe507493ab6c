import { badArgument } from '../errors/command-error.ts';
import { readCredentials } from './credentials.ts';
import { PROJECT_FILE, readProjectFile } from './project-file.ts';
import { DEFAULT_URL, KEY_VARIABLE, URL_VARIABLE } from './server-flags.ts';

/** Where a server is, and who asks it. */
export interface ServerAccess {
  readonly url: string;
  readonly key: string;
  readonly project: string | undefined;
}

/** What flags and variables say; undefined: nothing. */
export interface GivenAccess {
  readonly url: string | undefined;
  readonly key: string | undefined;
  readonly project: string | undefined;
}

/** Where the rest is looked for. */
export interface AccessPlaces {
  /** The flag that names the server. */
  readonly flag?: string;
  readonly environment?: NodeJS.ProcessEnv;
  /** Where datamaker.json is. */
  readonly folder?: string;
}

/**
 * What flags and variables leave open comes from datamaker.json, then from what `datamaker login` has kept. A kept key goes to its own
 * server only, and one from a variable to none that a file alone names: files come with what somebody else wrote.
 * @throws CommandError when there is no key, or something is no URL, key or id
 */
export function serverAccess(
  given: GivenAccess,
  { flag = '--server', environment = process.env, folder }: AccessPlaces = {},
): ServerAccess {
  const file = given.url !== undefined && given.project !== undefined ? {} : readProjectFile(folder);
  const kept = given.url !== undefined && given.key !== undefined ? undefined : readCredentials(environment);
  const isOfFile = given.url === undefined && file.server !== undefined;
  const url = serverUrl(given.url ?? file.server ?? kept?.current ?? DEFAULT_URL, isOfFile ? PROJECT_FILE : flag);
  const login = kept !== undefined && Object.hasOwn(kept.servers, url) ? kept.servers[url] : undefined;
  if (isOfFile && given.key !== undefined && login === undefined) {
    const message = `${PROJECT_FILE} alone names ${url}, and $${KEY_VARIABLE} goes to no server for that`;
    throw badArgument(`$${KEY_VARIABLE}`, 'unconfirmed_server', message, `set $${URL_VARIABLE} to it, or say ${flag}`);
  }
  const key = given.key ?? login?.key;
  if (key === undefined) {
    const hint = `\`datamaker login --server '${url.replaceAll("'", '%27')}'\` keeps one, or set $${KEY_VARIABLE}; POST /keys makes one`;
    throw badArgument(`$${KEY_VARIABLE}`, 'missing_key', `there is no key for ${url}`, hint);
  }
  if (!isKey(key)) throw badArgument(`$${KEY_VARIABLE}`, 'invalid_key', 'that is no key');
  // A project is one of its server.
  const ofFile = file.server === undefined || serverUrl(file.server, PROJECT_FILE) === url ? file.project : undefined;
  const project = given.project ?? ofFile ?? login?.project;
  if (project !== undefined) assertProject(project);
  return { url, key, project };
}

/** A URL as servers are known by: without a slash at its end. @throws CommandError */
export function serverUrl(address: string, place: string): string {
  const url = URL.parse(address);
  const isPlain = url !== null && [url.username, url.password, url.search, url.hash].every((one) => one === '');
  if (isPlain && /^https?:$/.test(url.protocol)) return url.href.replace(/\/+$/, '');
  throw badArgument(place, 'invalid_url', 'that is no URL of a server', `such as ${DEFAULT_URL}`);
}

/** Whether a text can be a key; those of servers begin with `dmk_`, but one of the owner's may be any. */
export const isKey = (text: string): boolean => /^[\x21-\x7e]+$/.test(text);

/** @throws CommandError */
export function assertProject(id: string): void {
  if (/^\w{1,80}$/.test(id)) return;
  throw badArgument('--project', 'invalid_id', 'that is no id of a project', 'they are as proj_8d3kq0vx2m5ra7cz4n1w');
}
