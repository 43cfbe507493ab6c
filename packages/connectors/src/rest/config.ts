import { z } from 'zod';
import { ConnectionError } from '../connection-error.ts';
import type { ConnectionConfig, ConnectionInput, ParsedConnection } from '../connector.ts';
import { type AuthType, type HttpAuth, parseAuth } from '../http/auth/http-auth.ts';
import { beneath, parseBaseUrl } from '../http/base-url.ts';
import { checked } from '../http/checked.ts';
import { httpOptions, takeSecretHeaders } from '../http/http-options.ts';
import { isJsonPointer } from '../http/json-pointer.ts';
import { paging } from './paging.ts';
import { removal } from './removal.ts';

const pointer = z.string().max(500).refine(isJsonPointer, 'it is no JSON pointer of the form /data/items');
const path = z.string().max(2000);
const headerName = z.string().regex(/^[\w-]{1,100}$/, 'it is no name of a header');

/** What the options of a REST connection are. */
export const restOptions = z.strictObject({
  ...httpOptions,
  /** Names of headers whose values are secrets. */
  secretHeaders: z.array(headerName).default([]),
  /** Where rows go when a push names no path. */
  path: path.optional(),
  /** Asked by verify; undefined: the URL itself. */
  verifyPath: path.optional(),
  /** `row`: a request for each; `batch`: a list of rows in each. */
  mode: z.enum(['row', 'batch']).default('row'),
  /** The property that the list is in; undefined: the list is the whole body. */
  wrapperKey: z.string().min(1).max(200).optional(),
  method: z.enum(['POST', 'PUT', 'PATCH']).default('POST'),
  /** Where rows are in what is read; undefined: the answer itself, or the one list in it. */
  rowsPointer: pointer.optional(),
  /** Where a row is in the answer to its insert; in batch mode the list of them. */
  createdPointer: pointer.default(''),
  /** A header that makes a system do what it is sent twice only once, such as `Idempotency-Key`; inserts are repeated only with it. */
  idempotencyHeader: headerName.optional(),
  /** How the system removes a row that it has made; undefined: nobody has said. */
  delete: removal.optional(),
  paging: paging.default({ kind: 'link_header' }),
  /** An OpenAPI document: a path beneath the URL, or a URL. */
  openapi: z.string().min(1).max(2000).optional(),
});
export type RestOptions = z.infer<typeof restOptions>;

export interface RestConfig extends ConnectionConfig {
  readonly auth: HttpAuth;
  readonly options: RestOptions;
}

const KINDS: readonly AuthType[] = ['none', 'basic', 'bearer', 'api_key', 'oauth2_client_credentials'];

/** Checks what is said of a REST connection and takes its secrets out. @throws ConnectionError invalid_config */
export function parseRest({ url: given, auth: said, options = {} }: ConnectionInput): ParsedConnection {
  const { url, username, password } = parseBaseUrl(given);
  const fromUrl =
    username === undefined ? undefined : { type: 'basic', username, ...(password === undefined ? {} : { password }) };
  const { auth, secrets } = parseAuth(said ?? fromUrl, KINDS);
  const parsed = checked(restOptions, options, 'options');
  for (const one of [parsed.path, parsed.verifyPath]) if (one !== undefined) beneath(url, one);
  if (parsed.delete !== undefined && 'path' in parsed.delete) beneath(url, parsed.delete.path.replace(/[{}]/g, ''));
  if (parsed.delete !== undefined && 'location' in parsed.delete && parsed.mode === 'batch') {
    throw new ConnectionError('invalid_config', 'options.delete.location: an answer to many rows names one place', {
      hint: 'send rows one by one (mode: row), or say a path and where the key is',
    });
  }
  const document = URL.parse(parsed.openapi ?? '');
  if (document !== null && document.origin !== new URL(url).origin) {
    // It is asked for as everything else is: signed.
    throw new ConnectionError('invalid_config', 'options.openapi: the document must be at the host of the URL');
  }
  if (document === null && parsed.openapi !== undefined) beneath(url, parsed.openapi);
  const taken = takeSecretHeaders(parsed.headers);
  const secretHeaders = [...new Set([...parsed.secretHeaders, ...taken.secretHeaders])];
  return {
    config: { url, auth, options: { ...parsed, headers: taken.headers, secretHeaders } },
    secrets: { ...secrets, ...taken.secrets },
  };
}
