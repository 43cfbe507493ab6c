import { limits } from '@datamaker/engine';
import { type ErrorDetail, validationError } from '../../errors.ts';
import { FileStore, type StoredFile } from '../../store/files.ts';
import { SetStore, type StoredSet } from '../../store/sets.ts';
import type { Tenant } from '../../store/tenant.ts';
import { LruCache } from '../datagen/lru-cache.ts';
import { rowsOfFile } from './rows-of-file.ts';
import { rowsOfSet } from './rows-of-set.ts';
import { type Sampled, sampledNames } from './sampled-names.ts';

interface Loaded {
  readonly rows: readonly unknown[];
  readonly bytes: number;
}

/** Rows by the version or the bytes that they are of, which never change. */
const CACHE_BYTES = 32 * 1024 * 1024;
const cache = new LruCache<string, Loaded>(CACHE_BYTES, ({ bytes }) => bytes);

/** The most names that the fields of a template may pick from. */
const MAX_NAMES = 100;

/**
 * The rows that `sample` fields pick from: of the set with that name (`name@v3`: at a version), else of the file. What is not
 * there is left out: the parser says where it was asked for.
 * @param documents the template first, then those that it nests
 * @throws ApiError validation_error, when rows are malformed, or too large together
 */
export async function loadResources(
  documents: readonly unknown[],
  { tenant, projectId }: { readonly tenant: Tenant; readonly projectId: string },
): Promise<ReadonlyMap<string, readonly unknown[]>> {
  const found = new Map<string, readonly unknown[]>();
  const wanted = sampledNames(documents);
  if (wanted.length > MAX_NAMES) {
    const message = `fields pick from ${wanted.length} sets and files; at most ${MAX_NAMES} are read`;
    throw refuse(wanted[MAX_NAMES] as Sampled, { code: 'too_many_resources', message, hint: 'join some of them' });
  }
  const [sets, files] = [new SetStore(tenant, projectId), new FileStore(tenant, projectId)];
  let left = limits.MAX_RESOURCE_BYTES;
  for (const sample of wanted) {
    const { set, file } = await lookUp(sample.name, sets, files);
    const key = set === undefined ? file?.blobId : `${set.id}@${set.version}`;
    if (key === undefined) continue;
    left -= set?.bytes ?? file?.bytes ?? 0;
    if (left < 0) {
      const message = `with what else the fields pick from, ${JSON.stringify(sample.name)} is larger than ${limits.MAX_RESOURCE_BYTES / 1024 / 1024} MiB`;
      const hint = 'keep the columns and rows that are picked from';
      throw refuse(sample, { code: 'resource_too_large', message, hint });
    }
    const known = cache.get(key);
    const rows = known?.rows ?? (await read(sample, sets, set, files, file));
    if (known === undefined) cache.set(key, { rows, bytes: Math.max(1, set?.bytes ?? file?.bytes ?? 0) });
    found.set(sample.name, rows);
  }
  return found;
}

async function lookUp(name: string, sets: SetStore, files: FileStore) {
  const [, base = '', version] = /^(.*?)(?:@v(\d{1,9}))?$/s.exec(name) ?? [];
  const set = isText(base) ? await sets.find(base, version === undefined ? undefined : Number(version)) : undefined;
  const file = set === undefined && isText(name) ? await files.find(name) : undefined;
  return { set, file };
}

/** PostgreSQL takes no NUL, and nothing has such a name. */
const isText = (name: string): boolean => !name.includes('\0');

async function read(
  sample: Sampled,
  sets: SetStore,
  set: StoredSet | undefined,
  files: FileStore,
  file: StoredFile | undefined,
): Promise<readonly unknown[]> {
  const result = set === undefined ? await rowsOfFile(file as StoredFile, files) : await rowsOfSet(set, sets);
  if ('rows' in result) return result.rows;
  throw refuse(sample, { ...result, message: `${JSON.stringify(sample.name)}: ${result.message}` });
}

const refuse = ({ pointer }: Sampled, problem: Omit<ErrorDetail, 'pointer'>): Error =>
  validationError([{ pointer, ...problem }]);
