import { ConnectionError, type ConnectionProblem } from '../connection-error.ts';
import codes from './data/error-codes.json' with { type: 'json' };

const PROBLEMS = new Map<number, ConnectionProblem>(
  Object.entries(codes.problems).flatMap(([problem, list]) =>
    list.map((code) => [code, problem as ConnectionProblem] as const),
  ),
);

const HINTS: Partial<Record<ConnectionProblem, string>> = {
  auth: 'check user and password, and the database that knows the user (authSource)',
  permission: 'give the user the role readWrite on the database, or use another one',
  busy: 'try again; on a replica set name its hosts and replicaSet, so that the primary is found',
  tls: 'add the certificate of the authority to the connection, or use the mode of TLS that the server offers',
};

/** Errors of TLS by the names that Node gives them. */
const TLS = /CERT|SSL|TLS|UNABLE_TO_VERIFY|SELF_SIGNED|EPROTO|wrong version number|unsupported protocol/i;

/** What the driver's errors and the errors in replies have in common. */
export interface MongoProblem {
  readonly name?: string;
  readonly message?: string;
  readonly code?: unknown;
  readonly codeName?: unknown;
  readonly errmsg?: string;
  readonly errInfo?: unknown;
  readonly keyPattern?: unknown;
  readonly reason?: { readonly servers?: ReadonlyMap<string, { readonly error: Error | null }> };
  readonly cause?: unknown;
}

/**
 * What MongoDB or its driver says, in the words of connections. Texts of the server are never shown, nor kept as the cause: they
 * quote rows and whole commands. Names of rules and fields are.
 */
export function translateError(error: unknown): ConnectionError {
  if (error instanceof ConnectionError) return error;
  const said = (error ?? {}) as MongoProblem;
  const inner = innerOf(said);
  if (inner !== undefined) return translateError(inner);
  if (typeof said.code === 'number') return ofServer(said, said.code);
  return ofDriver(said);
}

function ofServer(said: MongoProblem, code: number): ConnectionError {
  const problem = PROBLEMS.get(code) ?? 'protocol';
  const name = typeof said.codeName === 'string' && /^\w{1,80}$/.test(said.codeName) ? `, ${said.codeName}` : '';
  const state = `(MongoDB code ${code}${name})`;
  const hint = HINTS[problem];
  return new ConnectionError(problem, `${sentence(problem, said)} ${state}`, hint === undefined ? {} : { hint });
}

const SENTENCES: Partial<Record<ConnectionProblem, string>> = {
  auth: 'the server does not take these credentials',
  permission: 'the user may not do this',
  not_found: 'there is no such collection',
  value: 'a value does not fit',
  busy: 'the server is no primary, or busy at the moment',
  timeout: 'the server took longer than it may',
  broken: 'the server cannot reach the others it needs',
};

function sentence(problem: ConnectionProblem, said: MongoProblem): string {
  if (problem === 'constraint') return ruleOf(said);
  return SENTENCES[problem] ?? 'the server refused it';
}

/** The rule that a row breaks: an index, or what the validator says of fields. */
function ruleOf({ code, keyPattern, errInfo, errmsg, message }: MongoProblem): string {
  if (code === 121) {
    const fields = fieldsIn(errInfo);
    return `a row breaks the validator of the collection${fields.length === 0 ? '' : ` in ${fields.join(', ')}`}`;
  }
  // The name stands before the values: "index: name dup key: { … }".
  const [, index] = /\bindex: (\S{1,200}?) dup key\b/.exec(errmsg ?? message ?? '') ?? [];
  const fields = typeof keyPattern === 'object' && keyPattern !== null ? Object.keys(keyPattern) : [];
  const of = fields.length === 0 ? '' : ` of ${fields.join(', ')}`;
  return `a row has the key${of} of one that is there${index === undefined ? '' : ` (unique index ${index})`}`;
}

/** Names of fields in what MongoDB 5 and later say of a validator. */
function fieldsIn(info: unknown, found: string[] = []): string[] {
  if (Array.isArray(info)) for (const one of info) fieldsIn(one, found);
  else if (typeof info === 'object' && info !== null) {
    const { propertyName, missingProperties } = info as Record<string, unknown>;
    if (typeof propertyName === 'string' && found.length < 10) found.push(propertyName);
    if (Array.isArray(missingProperties)) found.push(...missingProperties.slice(0, 10).map(String));
    for (const key of ['details', 'schemaRulesNotSatisfied', 'propertiesNotSatisfied']) {
      fieldsIn((info as Record<string, unknown>)[key], found);
    }
  }
  return found;
}

/** Choosing a server fails for a reason that lies with the server; breaks have one of the socket. */
function innerOf({ name, reason, cause }: MongoProblem): unknown {
  if (name === 'MongoServerSelectionError') {
    const [inner] = [...(reason?.servers?.values() ?? [])].flatMap((server) => (server.error ? [server.error] : []));
    return inner;
  }
  return cause instanceof ConnectionError ? cause : undefined;
}

function ofDriver({ name = '', message = '', cause }: MongoProblem): ConnectionError {
  const { code = '' } = (cause ?? {}) as NodeJS.ErrnoException;
  if (/Timeout/.test(name) || name === 'MongoServerSelectionError') {
    return new ConnectionError('timeout', 'the server did not answer in time');
  }
  if (/Credentials/.test(name)) return new ConnectionError('auth', 'user and password are not complete');
  if (name === 'MongoCompatibilityError') return new ConnectionError('protocol', message);
  if (/^MongoNetwork|^MongoTopologyClosed|^MongoNotConnected|^MongoClientClosed|PoolCleared/.test(name)) {
    if (TLS.test(`${code} ${message}`)) {
      return new ConnectionError('tls', `TLS could not be agreed upon${at(code)}`, { hint: HINTS.tls as string });
    }
    return new ConnectionError('broken', `the connection broke${at(code)}`);
  }
  if (/^BSON/.test(name)) return new ConnectionError('value', 'a value cannot be written in the way of MongoDB');
  return new ConnectionError('protocol', `the driver does not understand the answer${at(name)}`);
}

const at = (what: string): string => (what === '' ? '' : ` (${what})`);

/** Whether what broke may have reached the server: not when the break came while it was being connected to or chosen. */
export function mayHaveArrived(error: unknown): boolean {
  const { name = '' } = (error ?? {}) as MongoProblem;
  if (/ServerSelection|^MongoPoolCleared|WaitQueue|NotConnected|TopologyClosed/.test(name)) return false;
  const { hasErrorLabel } = error as { hasErrorLabel?: (label: string) => boolean };
  return !['HandshakeError', 'SystemOverloadedError'].some((label) => hasErrorLabel?.call(error, label));
}
