import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { badInput, type Problem } from '../errors/command-error.ts';
import { explain } from '../errors/system-error.ts';

/** The file that says which file of a folder is which scenario; the same as in GET /scenarios/export. */
export const INDEX = 'scenarios.json';

/** What is read of an entry; what else is in it is the server's, and kept. */
export interface IndexEntry {
  readonly file: string;
  readonly name: string;
  /** Undefined: the server has it not yet. */
  readonly id: string | undefined;
  /** That the file was pulled at, or pushed as; undefined with an id: whatever there is. */
  readonly version: number | undefined;
  readonly retryOnCrash: boolean | undefined;
  readonly timeoutSeconds: number | null | undefined;
}

const FILE = /^[\w][\w.-]{0,120}\.py$/;

/** Names of files that an archive may write: nothing outside of its folder, nothing hidden. */
export const isFileName = (name: string): boolean => FILE.test(name);

/** The entries of a folder; undefined when it has no index. @throws CommandError for an index that is none */
export async function readIndex(folder: string): Promise<readonly IndexEntry[] | undefined> {
  const path = join(folder, INDEX);
  if (!existsSync(path)) return undefined;
  const text = await explain(`${path} could not be read`, () => readFileSync(path, 'utf8'));
  let document: unknown;
  try {
    document = JSON.parse(text);
  } catch (error) {
    throw badInput(path, [{ code: 'invalid_json', place: path, message: (error as Error).message }]);
  }
  const list = (document as { scenarios?: unknown } | null)?.scenarios;
  if (!Array.isArray(list)) {
    const message = 'it must be {"scenarios": […]}, as `datamaker scenarios pull` writes it';
    throw badInput(path, [{ code: 'invalid_index', place: path, message }]);
  }
  const problems: Problem[] = [];
  const entries = list.map((one, position) => readEntry(one, `/scenarios/${position}`, path, problems));
  for (const key of ['file', 'id'] as const) {
    const seen = new Set<string>();
    entries.forEach((entry, position) => {
      const value = entry[key];
      if (value === undefined || value === '') return;
      const pointer = `/scenarios/${position}/${key}`;
      if (seen.has(value))
        problems.push({ code: 'duplicate', place: path, pointer, message: `${value} is there twice` });
      seen.add(value);
    });
  }
  if (problems.length > 0) throw badInput(path, problems);
  return entries;
}

function readEntry(given: unknown, pointer: string, place: string, problems: Problem[]): IndexEntry {
  const entry = (given !== null && typeof given === 'object' ? given : {}) as Readonly<Record<string, unknown>>;
  const check = (name: string, isRight: boolean, message: string): void => {
    if (!isRight) problems.push({ code: 'invalid_index', place, pointer: `${pointer}/${name}`, message });
  };
  const { file, name, id, version, retry_on_crash: retryOnCrash, timeout_seconds: timeoutSeconds } = entry;
  check(
    'file',
    typeof file === 'string' && isFileName(file),
    'file is the name of a file beside it, which ends in .py',
  );
  check('name', name === undefined || (typeof name === 'string' && name !== ''), 'name is a text');
  check('id', id === undefined || (typeof id === 'string' && /^scn_\w{1,40}$/.test(id)), 'that is no id of a scenario');
  const isVersion = version === undefined || (Number.isSafeInteger(version) && Number(version) > 0);
  check('version', isVersion, 'version is a whole number from 1 on');
  check('retry_on_crash', retryOnCrash === undefined || typeof retryOnCrash === 'boolean', 'it is true or false');
  const isTime = timeoutSeconds === undefined || timeoutSeconds === null || Number.isSafeInteger(timeoutSeconds);
  check('timeout_seconds', isTime, 'it is a whole number, or null');
  return {
    file: String(file ?? ''),
    name: typeof name === 'string' ? name : String(file ?? '').replace(/\.py$/, ''),
    id: id as string | undefined,
    version: version as number | undefined,
    retryOnCrash: retryOnCrash as boolean | undefined,
    timeoutSeconds: timeoutSeconds as number | null | undefined,
  };
}
