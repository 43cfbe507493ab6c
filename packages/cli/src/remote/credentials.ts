import { mkdirSync, readFileSync, statSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, isAbsolute, join } from 'node:path';
import { CommandError } from '../errors/command-error.ts';
import { explain, isSystemError } from '../errors/system-error.ts';
import { writeWhole } from '../output/write-whole.ts';

/** What `datamaker login` keeps: for each server the key that is for it, and for no other. */
export interface Credentials {
  /** The server of the last login. */
  readonly current: string | undefined;
  readonly servers: Readonly<Record<string, { readonly key: string; readonly project?: string }>>;
}

const VERSION = 1;
const NONE: Credentials = { current: undefined, servers: {} };

/** Where they are kept (XDG Base Directory Specification 0.8). */
export function credentialsPath(environment: NodeJS.ProcessEnv): string {
  const given = environment.XDG_CONFIG_HOME ?? '';
  const folder = isAbsolute(given) ? given : join(environment.HOME || homedir(), '.config');
  return join(folder, 'datamaker', 'credentials.json');
}

/** @throws CommandError when others may read them, or the file is none */
export function readCredentials(environment: NodeJS.ProcessEnv): Credentials {
  const path = credentialsPath(environment);
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    if (isSystemError(error) && (error.code === 'ENOENT' || error.code === 'ENOTDIR')) return NONE;
    throw new CommandError(1, 'credentials_unreadable', `${path} could not be read`, { cause: error });
  }
  if (process.platform !== 'win32' && (statSync(path).mode & 0o077) !== 0) {
    throw new CommandError(2, 'credentials_exposed', `others may read the keys in ${path}`, {
      hint: `make them new ones, and take the file from others: chmod 600 ${path}`,
    });
  }
  const read = parse(text);
  if (read !== undefined) return read;
  throw new CommandError(2, 'invalid_credentials', `${path} is not what \`datamaker login\` writes`, {
    hint: 'remove it, and log in again',
  });
}

/** Replaces the file as a whole; only its owner may read it. @throws CommandError */
export async function writeCredentials(
  { current, servers }: Credentials,
  environment: NodeJS.ProcessEnv,
): Promise<void> {
  const path = credentialsPath(environment);
  await explain(`${path} could not be written`, () => mkdirSync(dirname(path), { recursive: true, mode: 0o700 }));
  await writeWhole(path, { version: VERSION, current: current ?? null, servers }, path);
}

function parse(text: string): Credentials | undefined {
  try {
    const { version, current, servers } = JSON.parse(text) as {
      version?: unknown;
      current?: unknown;
      servers?: Record<string, { key?: unknown; project?: unknown }>;
    };
    const all = Object.values(servers ?? {});
    const isRight = all.every(
      ({ key, project }) => typeof key === 'string' && (project === undefined || typeof project === 'string'),
    );
    if (version !== VERSION || !isRight) return undefined;
    return {
      current: typeof current === 'string' ? current : undefined,
      servers: (servers ?? {}) as Credentials['servers'],
    };
  } catch {
    return undefined;
  }
}
