import { type Connection, Request, TYPES } from 'tedious';
import { READ_BYTES } from '../sql/read-size.ts';
import { sizeOfRow } from '../sql/size-of-row.ts';
import type { RawRows } from '../sql/sql-connection.ts';
import type { Statement } from '../sql/statement.ts';
import type { MssqlParameter } from './parameter.ts';

/** What a result says of one of its columns. */
export interface ResultColumn {
  readonly colName: string;
  readonly type: { readonly name: string };
  readonly precision?: number | undefined;
  readonly scale?: number | undefined;
  readonly dataLength?: number | undefined;
}

export interface ResultSet {
  readonly columns: readonly ResultColumn[];
  readonly rows: RawRows;
}

const MOST_OF_NVARCHAR = 4000;

/** A statement as the driver takes it, by `sp_executesql`. `done` is called once, at the end of it. */
export function requestOf({ text, parameters }: Statement, done: (error: Error | null | undefined) => void): Request {
  const request = new Request(text, done);
  for (const [i, parameter] of parameters.entries()) addTo(request, `p${i + 1}`, parameter as MssqlParameter | null);
  return request;
}

function addTo(request: Request, name: string, parameter: MssqlParameter | null): void {
  switch (parameter?.type) {
    case 'float':
      return request.addParameter(name, TYPES.Float, parameter.value);
    case 'bytes': {
      const { buffer, byteOffset, byteLength } = parameter.value;
      return request.addParameter(name, TYPES.VarBinary, Buffer.from(buffer, byteOffset, byteLength));
    }
    default: {
      // One declaration for all but the longest, so that the server has one plan.
      const value = parameter?.value ?? null;
      const isLong = value !== null && value.length > MOST_OF_NVARCHAR;
      return request.addParameter(name, TYPES.NVarChar, value, isLong ? {} : { length: MOST_OF_NVARCHAR });
    }
  }
}

/** Asks, and gathers all results. */
export function ask(client: Connection, statement: Statement): Promise<readonly ResultSet[]> {
  return new Promise((resolve, reject) => {
    const results: { columns: readonly ResultColumn[]; rows: unknown[][] }[] = [];
    const request = requestOf(statement, (error) => (error ? reject(error) : resolve(results)));
    request.on('columnMetadata', (columns) => {
      results.push({ columns: columns as unknown as readonly ResultColumn[], rows: [] });
    });
    request.on('row', (cells: readonly { readonly value: unknown }[]) => {
      results.at(-1)?.rows.push(cells.map(({ value }) => value));
    });
    client.execSql(request);
  });
}

/** Rows as they come, at most `size` or about `READ_BYTES` at a time: the server waits while nobody takes them. Leaving the loop ends the query. */
export async function* streamRows(client: Connection, statement: Statement, size: number): AsyncGenerator<RawRows> {
  let rows: unknown[][] = [];
  let bytes = 0;
  let isOver = false;
  let failure: { readonly error: Error } | undefined;
  let wake = Promise.withResolvers<void>();
  const request = requestOf(statement, (error) => {
    isOver = true;
    if (error) failure = { error };
    wake.resolve();
  });
  request.on('row', (cells: readonly { readonly value: unknown }[]) => {
    const row = cells.map(({ value }) => value);
    rows.push(row);
    bytes += sizeOfRow(row);
    if (rows.length < size && bytes < READ_BYTES) return;
    request.pause();
    wake.resolve();
  });
  client.execSql(request);
  try {
    for (;;) {
      await wake.promise;
      wake = Promise.withResolvers<void>();
      // A packet that was read already may hold more than was asked for.
      while (rows.length > 0) {
        const some = rows.slice(0, size);
        rows = rows.slice(size);
        bytes = 0;
        yield some;
      }
      if (failure !== undefined) throw failure.error;
      if (isOver) return;
      request.resume();
    }
  } finally {
    if (!isOver) {
      request.cancel();
      request.resume();
      while (!isOver) {
        await wake.promise;
        wake = Promise.withResolvers<void>();
      }
    }
  }
}
