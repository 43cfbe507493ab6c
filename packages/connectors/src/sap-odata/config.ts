import { z } from 'zod';
import { ConnectionError } from '../connection-error.ts';
import type { ConnectionConfig, ConnectionInput, ParsedConnection } from '../connector.ts';
import { type AuthType, type HttpAuth, parseAuth } from '../http/auth/http-auth.ts';
import { type BaseUrl, parseBaseUrl } from '../http/base-url.ts';
import { checked } from '../http/checked.ts';
import { httpOptions, takeSecretHeaders } from '../http/http-options.ts';

/** What the options of a connection to OData are. */
export const odataOptions = z.strictObject({
  ...httpOptions,
  /** Names of headers whose values are secrets. */
  secretHeaders: z.array(z.string().regex(/^[\w-]{1,100}$/, 'it is no name of a header')).default([]),
  /** `auto`: as $metadata says. */
  version: z.enum(['auto', 'v2', 'v4']).default('auto'),
  /** The client of the SAP system (Mandant). */
  client: z
    .string()
    .regex(/^\d{3}$/, 'a client has three digits')
    .optional(),
  /** In which messages are, as ISO 639 or BCP 47: `EN`. */
  language: z
    .string()
    .regex(/^[A-Za-z]{2}(-[A-Za-z0-9]+)*$/, 'it is no language such as EN')
    .optional(),
  /** `batch`: many rows in a $batch; `row`: a request for each. */
  mode: z.enum(['batch', 'row']).default('batch'),
  /** What is kept as a whole or not at all: each row, or all rows of a batch. */
  changeSet: z.enum(['row', 'batch']).default('row'),
  /** Rows that are asked for at a time. */
  pageSize: z.int().min(1).max(50_000).default(1000),
});
export type ODataOptions = z.infer<typeof odataOptions>;

export interface ODataConfig extends ConnectionConfig {
  /** With a destination it may be a path alone: where it is beneath is kept in the destination. */
  readonly url: string;
  readonly auth: HttpAuth;
  readonly options: ODataOptions;
}

const KINDS: readonly AuthType[] = ['none', 'basic', 'bearer', 'api_key', 'oauth2_client_credentials', 'destination'];

/** Checks what is said of a connection to OData and takes its secrets out. @throws ConnectionError invalid_config */
export function parseOData({ url: given, auth: said, options = {} }: ConnectionInput): ParsedConnection {
  const isPath = given.startsWith('/');
  // As whole URLs are: what may stand in a path is the same.
  const base = withoutFile(parseBaseUrl(isPath ? `https://destination${given}` : given));
  const { url, username, password } = base;
  const fromUrl =
    username === undefined ? undefined : { type: 'basic', username, ...(password === undefined ? {} : { password }) };
  const { auth, secrets } = parseAuth(said ?? fromUrl, KINDS);
  if (isPath && auth.type !== 'destination') {
    throw new ConnectionError('invalid_config', 'the URL has the form https://host/sap/opu/odata/sap/SERVICE', {
      hint: 'only with auth of type destination a path is enough',
    });
  }
  const parsed = checked(odataOptions, options, 'options');
  const taken = takeSecretHeaders(parsed.headers);
  const secretHeaders = [...new Set([...parsed.secretHeaders, ...taken.secretHeaders])];
  return {
    config: {
      url: isPath ? url.slice('https://destination'.length) : url,
      auth,
      options: { ...parsed, headers: taken.headers, secretHeaders },
    },
    secrets: { ...secrets, ...taken.secrets },
  };
}

/** People copy the URL of $metadata as it stands in their browser. */
const withoutFile = (base: BaseUrl): BaseUrl => ({ ...base, url: base.url.replace(/\/\$metadata(?=$|\?)/, '') });
