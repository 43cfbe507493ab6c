import { createHash } from 'node:crypto';
import { ConnectionError, type Connector, type Session, type Value } from '@datamaker/connectors';
import { conflict, validationError } from '../../errors.ts';
import { recordAct } from '../../store/audit.ts';
import type { StoredConnection } from '../../store/connections.ts';
import type { Principal } from '../../store/keys.ts';
import type { Tenant } from '../../store/tenant.ts';
import { sayProblem } from './connection-failed.ts';
import { plainRow } from './plain-json.ts';

export interface StatementRequest {
  readonly sql: string;
  readonly params: readonly Value[];
}

export interface StatementAnswer {
  readonly columns: readonly string[];
  readonly rows: readonly Readonly<Record<string, unknown>>[];
  /** Whether it gave more rows than are shown. */
  readonly more: boolean;
}

/** Most rows of an answer, and most bytes of them as JSON. */
export const MOST_ROWS = 10_000;
const MOST_BYTES = 5 * 1024 * 1024;

/** What keeps a statement from being carried out twice when its first request ended without an answer. */
export interface OneStatement {
  /** Whether there was such a request. Then the session is one that changes nothing. */
  readonly isAgain: boolean;
  /** Notes, for good, that the statement is about to be sent. */
  begin(): Promise<void>;
  /** The system has refused it. */
  forget(): Promise<void>;
}

/**
 * Sends a statement of somebody to a database.
 * @param once undefined: nobody tells one request from another
 * @throws ApiError validation_error for what is wrong with it, as the system says; ConnectionError, unknown_outcome among them
 */
export async function executeStatement(
  session: Session,
  { capabilities, label }: Pick<Connector, 'capabilities' | 'label'>,
  { sql, params }: StatementRequest,
  once?: OneStatement,
): Promise<StatementAnswer> {
  if (!capabilities.execute || session.execute === undefined) {
    const message = `${label} takes no statements`;
    throw validationError([
      { code: 'not_supported', pointer: '/sql', message, hint: 'use a connection to a database' },
    ]);
  }
  await once?.begin();
  const found = await session.execute(sql, params).catch(async (error: unknown) => {
    const isRefused = isReadOnly(error) || refusalOf(error) !== undefined;
    if (once?.isAgain === true && isRefused) throw doubt();
    if (isRefused) await once?.forget();
    throw inTermsOfStatement(error);
  });
  const rows: Record<string, unknown>[] = [];
  let bytes = 0;
  for (const row of found.slice(0, MOST_ROWS)) {
    const plain = plainRow(row);
    bytes += Buffer.byteLength(JSON.stringify(plain));
    if (bytes > MOST_BYTES) break;
    rows.push(plain);
  }
  return { columns: Object.keys(found[0] ?? {}), rows, more: rows.length < found.length };
}

/**
 * Notes in the audit that a statement is sent: by its first word, and by what it can be known again, since values may be in it. Before it is
 * sent: what it does, it may have done when the server dies.
 * @param tenant transactions of its own
 */
export function noteStatement(
  tenant: Tenant,
  principal: Principal,
  connection: Pick<StoredConnection, 'id' | 'read_only'>,
  sql: string,
): Promise<void> {
  const statement = /^[\s(]*([a-z]{1,20})\b/i.exec(sql)?.[1]?.toUpperCase() ?? '';
  const sha256 = createHash('sha256').update(sql).digest('hex');
  const details = { statement, sha256, readOnly: connection.read_only, role: principal.role };
  return tenant((tx) => recordAct(tx, principal, { action: 'connection.executed', subjectId: connection.id, details }));
}

const CODES: Readonly<Record<string, readonly [code: string, pointer: string]>> = {
  protocol: ['statement_refused', '/sql'],
  not_found: ['not_in_system', '/sql'],
  constraint: ['row_refused', '/sql'],
  value: ['value_refused', '/params'],
};

const isReadOnly = (error: unknown): boolean => error instanceof ConnectionError && error.problem === 'read_only';

const refusalOf = (error: unknown) => (error instanceof ConnectionError ? CODES[error.problem] : undefined);

const doubt = (): ConnectionError =>
  new ConnectionError(
    'unknown_outcome',
    'an earlier request with this Idempotency-Key ended before it had an answer: whether the statement was carried out is not known',
    { hint: 'look into the system; under another Idempotency-Key the statement is sent anew' },
  );

function inTermsOfStatement(error: unknown): unknown {
  if (isReadOnly(error)) {
    const hint = 'use another connection, or let this one write';
    return conflict('connection_read_only', 'the connection is for reading only, and the statement does more', hint);
  }
  const found = refusalOf(error);
  if (found === undefined) return error;
  const [code, pointer] = found;
  const { hint } = error as ConnectionError;
  const message = sayProblem(error as ConnectionError);
  return validationError([{ code, pointer, message, ...(hint === undefined ? {} : { hint }) }]);
}
