import type { Row, Rows } from '@datamaker/connectors';
import { validationError } from '../../errors.ts';
import type { StoredConnection } from '../../store/connections.ts';
import type { StoredSet } from '../../store/sets.ts';
import type { SetService } from '../set-service.ts';
import { LineChunks } from '../sets/chunk-lines.ts';
import { MAX_COLUMNS } from '../sets/given-rows.ts';
import { type ConnectionData, nameOf, type ReadRequest } from './connection-data.ts';
import { plainRow } from './plain-json.ts';

const FETCH_MS = 120_000;
/** Most bytes of rows that a set stores, before they are compressed. */
const MAX_BYTES = 100 * 1024 * 1024;

/**
 * Saves rows of a table as a set, some at a time: what is held of them is what the set stores.
 * @throws ApiError validation_error, connection_failed, rate_limited
 */
export async function fetchToSet(
  data: ConnectionData,
  sets: SetService,
  connection: StoredConnection,
  name: string,
  request: ReadRequest,
  signal: AbortSignal,
): Promise<StoredSet> {
  sets.checkName(name, '/set');
  const { columns: asked, where, filter, orderBy, top } = request;
  const chunks = new LineChunks(MAX_BYTES);
  const columns = new Set<string>(asked);
  await data.use(connection, { timeoutMs: FETCH_MS, signal }, async (session, _connector, stop) => {
    const table = await data.tableIn(session, connection, request);
    const query = { table: nameOf(table), columns: asked, where, filter, orderBy, limit: top, signal: stop };
    let left = top;
    for await (const rows of session.read(query)) {
      const some = rows.slice(0, left);
      left -= some.length;
      if (some.length > 0 && !(await chunks.add(linesOf(some, columns)))) throw tooLarge();
      if (columns.size > MAX_COLUMNS) throw tooMany(columns.size);
      if (left === 0) break;
    }
  });
  const set = await sets.saveLines(name, chunks, [...columns]);
  await sets.noteFetch(connection.id, request.table, set);
  return set;
}

function linesOf(rows: Rows, columns: Set<string>): Uint8Array {
  const lines = rows.map((row: Row) => {
    for (const name of Object.keys(row)) columns.add(name);
    return `${JSON.stringify(plainRow(row))}\n`;
  });
  return Buffer.from(lines.join(''));
}

const tooLarge = (): Error =>
  validationError([
    {
      code: 'set_too_large',
      pointer: '/top',
      message: `a set stores at most ${MAX_BYTES} bytes of rows`,
      hint: 'ask for fewer rows with `top` or `where`, or for fewer columns with `select`',
    },
  ]);

const tooMany = (count: number): Error =>
  validationError([
    {
      code: 'too_many_columns',
      pointer: '/select',
      message: `the rows have ${count} different keys; at most ${MAX_COLUMNS} are kept`,
      hint: 'name the columns that you need in `select`',
    },
  ]);
