import { toNumber } from '../arguments/to-number.ts';
import { badInput } from '../errors/command-error.ts';

/** What a single PUT of S3 takes: 5 GiB. */
const MOST_FILE_BYTES = 5 * 1024 ** 3;

/** Where an S3-compatible object store is, as the server takes it. */
export interface ObjectStoreSettings {
  readonly bucket: string;
  readonly endpoint?: string;
  readonly region?: string;
  readonly prefix?: string;
  readonly credentials?: { readonly accessKeyId: string; readonly secretAccessKey: string };
}

/** The object store that variables name; undefined when none does. An empty variable is none. */
export function parseObjectStore(environment: NodeJS.ProcessEnv): ObjectStoreSettings | undefined {
  const read = (name: string): string | undefined => environment[`DATAMAKER_S3_${name}`] || undefined;
  const bucket = read('BUCKET');
  const [endpoint, region, prefix] = [read('ENDPOINT'), read('REGION'), read('PREFIX')];
  const [accessKeyId, secretAccessKey] = [read('ACCESS_KEY_ID'), read('SECRET_ACCESS_KEY')];
  if (bucket === undefined) {
    const given = [endpoint, region, prefix, accessKeyId, secretAccessKey].some((value) => value !== undefined);
    if (given) throw wrong('DATAMAKER_S3_BUCKET', 'there are other variables of the object store, but no bucket');
    return undefined;
  }
  if (endpoint !== undefined && !isAddress(endpoint)) {
    throw wrong('DATAMAKER_S3_ENDPOINT', 'it is no address such as https://s3.example.org');
  }
  if ((accessKeyId === undefined) !== (secretAccessKey === undefined)) {
    const missing = accessKeyId === undefined ? 'ACCESS_KEY_ID' : 'SECRET_ACCESS_KEY';
    throw wrong(`DATAMAKER_S3_${missing}`, 'the key of the object store has two halves, and it is missing');
  }
  return {
    bucket,
    ...(endpoint === undefined ? {} : { endpoint }),
    ...(region === undefined ? {} : { region }),
    ...(prefix === undefined ? {} : { prefix }),
    ...(accessKeyId === undefined || secretAccessKey === undefined
      ? {}
      : { credentials: { accessKeyId, secretAccessKey } }),
  };
}

/** The most bytes of a workspace file. */
export function parseFileBytes(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const bytes = Number(toNumber(text));
  if (Number.isInteger(bytes) && bytes >= 1 && bytes <= MOST_FILE_BYTES) return bytes;
  throw wrong('DATAMAKER_MAX_FILE_BYTES', `it is no whole number from 1 to ${MOST_FILE_BYTES}`);
}

const isAddress = (text: string): boolean =>
  URL.canParse(text) && /^https?:$/.test(new URL(text).protocol) && new URL(text).username === '';

const wrong = (place: string, message: string): Error =>
  badInput('the environment', [{ code: 'invalid_setting', place, message }]);
