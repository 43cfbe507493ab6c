import type { Column } from '../schema/schema.ts';
import { mergeStatement } from '../sql/merge-statement.ts';
import type { InsertRequest } from '../sql/sql-connection.ts';
import type { Statement } from '../sql/statement.ts';
import { quoteColumns, quoteTable } from '../sql/statements.ts';
import { dialect } from './dialect.ts';

/**
 * Writes rows and tells what became of them in one trip. Its last results: what is returning, in the order of the rows, and the
 * number of rows that were written.
 * @param identity the column whose numbers the server makes, if there is one
 */
export function insertWithOutcome(request: InsertRequest, identity: string | undefined): Statement {
  const { table, columns, returning } = request;
  const ordinal = ordinalBeside(columns);
  const { text, parameters } = written(request, ordinal);
  const name = quoteTable(dialect, table);
  // Its numbers are then those of the rows. It holds until the end of this text at the latest.
  const takesIdentity = identity !== undefined && columns.some((column) => column.name === identity);
  const isWanted = returning.length > 0;
  const parts = [
    'SET NOCOUNT ON;',
    'DECLARE @written bigint;',
    // Without INTO a table with triggers takes no OUTPUT.
    ...(isWanted ? [`DECLARE @returned TABLE (${ordinal} int, ${returning.map(slot).join(', ')});`] : []),
    ...(takesIdentity ? [`SET IDENTITY_INSERT ${name} ON;`] : []),
    `${text};`,
    'SET @written = @@ROWCOUNT;',
    ...(takesIdentity ? [`SET IDENTITY_INSERT ${name} OFF;`] : []),
    ...(isWanted ? [`SELECT ${selectedSlots(returning)} FROM @returned ORDER BY ${ordinal};`] : []),
    'SELECT @written AS [written];',
  ];
  return { text: parts.join('\n'), parameters };
}

function written(request: InsertRequest, ordinal: string): Statement {
  const { columns, onConflict, returning } = request;
  if (onConflict === 'fail' && returning.length === 0 && columns.length > 0) return insertSelect(request);
  const inserted = returning.map(({ name }) => `inserted.${dialect.quote(name)}`);
  return mergeStatement(dialect, request, {
    // Two sessions could find that a row is not there at the same time.
    hint: 'WITH (HOLDLOCK) AS',
    ordinal,
    // Of OUTPUT only that of MERGE can tell which row it speaks of.
    after: returning.length === 0 ? '' : `OUTPUT s.${ordinal}, ${inserted.join(', ')} INTO @returned`,
  });
}

/** VALUES right behind INSERT has a thousand rows at most; as a table it has not. */
function insertSelect({ table, columns, rows }: InsertRequest): Statement {
  const parameters: unknown[] = [];
  const tuple = (row: readonly unknown[]): string =>
    `(${columns.map((column, i) => dialect.parameter(parameters.push(row[i]), column)).join(', ')})`;
  const names = quoteColumns(dialect, columns);
  const values = rows.map(tuple).join(', ');
  return {
    text: `INSERT INTO ${quoteTable(dialect, table)} (${names}) SELECT ${names} FROM (VALUES ${values}) AS s (${names})`,
    parameters,
  };
}

/** A column of the table that keeps what is returned. */
const slot = (column: Column, i: number): string =>
  `[r${i}] ${column.type === 'rowversion' ? 'binary(8)' : column.type} NULL`;

const selectedSlots = (returning: readonly Column[]): string =>
  returning.map((column, i) => dialect.selected?.(`[r${i}]`, column) ?? `[r${i}]`).join(', ');

/** A name for the number of a row among those that are sent together, which none of their columns has. */
function ordinalBeside(columns: readonly Column[]): string {
  let name = '#row';
  while (columns.some((column) => column.name.toLowerCase() === name)) name = `#${name}`;
  return dialect.quote(name);
}
