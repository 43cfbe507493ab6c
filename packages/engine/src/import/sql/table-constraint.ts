import type { Notices } from '../notices.ts';
import { applyCheck, setPrimary } from './column-definition.ts';
import { type Cursor, showTokens } from './cursor.ts';
import type { SqlTable } from './table.ts';
import type { SqlToken } from './tokenize.ts';

/** Whether an element of a table is a constraint or an index, and not a column that is called like one. */
export function isConstraint(cursor: Cursor): boolean {
  const [first, second, third] = [cursor.peek(), cursor.peek(1), cursor.peek(2)];
  if (first?.kind !== 'word') return false;
  switch (first.upper) {
    case 'CONSTRAINT':
      return true;
    case 'PRIMARY':
    case 'FOREIGN':
      return second?.upper === 'KEY';
    case 'CHECK':
      return second?.upper === '(';
    case 'UNIQUE':
      return (
        second?.upper === '(' ||
        second?.upper === 'KEY' ||
        second?.upper === 'INDEX' ||
        second?.upper === 'NULLS' ||
        second?.upper === 'CLUSTERED' ||
        second?.upper === 'NONCLUSTERED' ||
        third?.upper === '('
      );
    case 'KEY':
    case 'INDEX':
      // `key (a)` and `key name (a)` are indexes, `key varchar(10)` is a column.
      return (
        second?.upper === '(' || (third?.upper === '(' && cursor.peek(3)?.kind !== 'number') || third?.upper === 'USING'
      );
    case 'FULLTEXT':
    case 'SPATIAL':
      return true;
    case 'EXCLUDE':
      return second?.upper === 'USING' || second?.upper === '(';
    case 'LIKE':
      return second?.kind !== 'symbol' && cursor.peek(2)?.upper !== '(';
    case 'PERIOD':
      return second?.upper === 'FOR';
    case 'SUPPLEMENTAL':
      return second?.upper === 'LOG';
    default:
      return false;
  }
}

/** Reads PRIMARY KEY, UNIQUE, FOREIGN KEY and CHECK of a table; tells of the rest. */
export function readConstraint(cursor: Cursor, table: SqlTable, notices: Notices): void {
  const start = cursor.at;
  const line = cursor.peek()?.line ?? table.line;
  if (cursor.take('CONSTRAINT') && !isConstraintWord(cursor.peek())) cursor.name();
  if (cursor.take('PRIMARY', 'KEY')) {
    const columns = columnsOf(cursor, table);
    if (columns.length === 1 && columns[0] !== undefined) return setPrimary(columns[0]);
    for (const column of columns) column.nullable = false;
    notices.add(
      'composite_key',
      { line },
      `rows are not kept unique over (${columns.map(({ name }) => name).join(', ')})`,
      table.name,
    );
    // Numbers that refer to nothing count up: then no two rows have the same key.
    const own = columns.find(({ kind, references }) => kind === 'integer' && references === undefined);
    if (own !== undefined) own.generated = true;
  } else if (cursor.take('UNIQUE')) {
    if (!cursor.take('KEY')) cursor.take('INDEX');
    const columns = columnsOf(cursor, table);
    if (columns.length === 1 && columns[0] !== undefined) columns[0].unique = true;
    else
      notices.add(
        'composite_unique',
        { line },
        `rows are not kept unique over (${columns.map(({ name }) => name).join(', ')})`,
        table.name,
      );
  } else if (cursor.take('FOREIGN', 'KEY')) {
    const columns = columnsOf(cursor, table);
    while (!cursor.done && !cursor.take('REFERENCES')) cursor.next();
    const target = cursor.name().at(-1) ?? '';
    const others = (cursor.group() ?? []).filter(({ upper }) => upper !== ',');
    for (const [i, column] of columns.entries()) {
      const other = others[i]?.text;
      column.references = { entity: target, ...(other === undefined ? {} : { column: other }) };
    }
    if (columns.length > 1)
      notices.add(
        'composite_foreign_key',
        { line },
        `its parts (${columns.map(({ name }) => name).join(', ')}) are filled apart from each other`,
        table.name,
      );
  } else if (cursor.take('CHECK')) {
    applyCheck(cursor.group() ?? [], table, notices, line);
  } else if (!cursor.sees('KEY') && !cursor.sees('INDEX')) {
    // Indexes that are not unique say nothing of values.
    notices.add('unknown_clause', { line }, `${showTokens(cursor.tokens.slice(start))} is not kept`, table.name);
  }
}

const isConstraintWord = (token: SqlToken | undefined): boolean =>
  token?.kind === 'word' && ['PRIMARY', 'UNIQUE', 'FOREIGN', 'CHECK'].includes(token.upper);

/** The columns of the next group that the table has; a name before the group is that of the index. */
function columnsOf(cursor: Cursor, table: SqlTable): SqlTable['columns'] {
  while (!cursor.done && !cursor.sees('(')) cursor.next();
  const names = (cursor.group() ?? []).filter(({ kind }) => kind === 'word' || kind === 'quoted');
  return names.flatMap(({ text }) => table.column(text) ?? []);
}
