import type { Notices } from '../notices.ts';
import { readCheck } from './check.ts';
import { type DefinedTypes, readColumnType } from './column-type.ts';
import { type Cursor, showTokens } from './cursor.ts';
import type { SqlColumn, SqlTable } from './table.ts';
import type { SqlToken } from './tokenize.ts';

/** Words with which a clause of a column begins; a DEFAULT ends before them. */
const CLAUSES = new Set([
  'AS',
  'NOT',
  'NULL',
  'DEFAULT',
  'PRIMARY',
  'UNIQUE',
  'CHECK',
  'REFERENCES',
  'CONSTRAINT',
  'COLLATE',
  'COMMENT',
  'GENERATED',
  'IDENTITY',
  'AUTO_INCREMENT',
  'AUTOINCREMENT',
  'ON',
  'ENABLE',
  'DISABLE',
  'WITH',
  'STORED',
  'VIRTUAL',
  'PERSISTED',
  'ROWGUIDCOL',
  'SPARSE',
  'INVISIBLE',
  'VISIBLE',
  'KEY',
]);
/** Words that change nothing about values. */
const SILENT = new Set([
  'ENABLE',
  'DISABLE',
  'VALIDATE',
  'NOVALIDATE',
  'ROWGUIDCOL',
  'SPARSE',
  'VISIBLE',
  'CLUSTERED',
  'NONCLUSTERED',
  'ASC',
  'DESC',
  'DEFERRABLE',
  'IMMEDIATE',
  'DEFERRED',
  'RELY',
  'STORED',
  'VIRTUAL',
  'PERSISTED',
  'KEY',
  'ROW',
  'HIDDEN',
  'INVISIBLE',
]);

/** Reads the definition of a column into the table. */
export function readColumn(cursor: Cursor, table: SqlTable, defined: DefinedTypes, notices: Notices): void {
  const name = cursor.next();
  if (name === undefined) return;
  const place = { line: name.line };
  const subject = `${table.name}.${name.text}`;
  const next = cursor.peek();
  const typed =
    next === undefined || (next.kind === 'word' && CLAUSES.has(next.upper) && next.upper !== 'IDENTITY')
      ? undefined
      : readColumnType(cursor, defined);
  if (typed?.reason !== undefined) notices.add('type_not_supported', place, typed.reason, subject);
  const column: SqlColumn = {
    name: name.text,
    place,
    kind: 'any',
    nullable: true,
    ...typed?.facts,
    ...(typed === undefined ? {} : { declared: typed.declared }),
  };
  if (typed?.declared.toUpperCase().startsWith('SET') === true)
    notices.add('set_as_enum', place, 'a set is filled with one of its values at a time', subject);
  table.add(column);
  readClauses(cursor, column, table, notices, subject);
}

function readClauses(cursor: Cursor, column: SqlColumn, table: SqlTable, notices: Notices, subject: string): void {
  while (!cursor.done) {
    const token = cursor.next();
    if (token === undefined) return;
    const place = { line: token.line };
    const unknown = (): void =>
      notices.add('unknown_clause', place, `${showTokens([token])} is not known here and is passed over`, subject);
    switch (token.kind === 'word' ? token.upper : '') {
      case 'NOT':
        if (cursor.take('NULL')) column.nullable = false;
        else if (cursor.take('DEFERRABLE') || cursor.take('ENFORCED') || cursor.take('FOR', 'REPLICATION')) break;
        else unknown();
        break;
      case 'NULL':
        break;
      case 'DEFAULT':
        readDefault(cursor, column, place.line, notices, subject);
        break;
      case 'PRIMARY':
        cursor.take('KEY');
        setPrimary(column);
        if (cursor.sees('(')) cursor.group();
        break;
      case 'UNIQUE':
        column.unique = true;
        cursor.take('NULLS', 'NOT', 'DISTINCT');
        break;
      case 'AUTO_INCREMENT':
      case 'AUTOINCREMENT':
      case 'IDENTITY':
        column.generated = true;
        column.nullable = false;
        if (cursor.sees('(')) cursor.group();
        break;
      case 'GENERATED':
        readGenerated(cursor, column, table, notices, place.line);
        break;
      case 'AS':
        if (cursor.sees('(')) dropComputed(cursor, column, table, notices, place.line);
        else unknown();
        break;
      case 'CHECK':
        applyCheck(cursor.group() ?? [], table, notices, place.line);
        break;
      case 'REFERENCES':
        column.references = readReference(cursor);
        break;
      case 'CONSTRAINT':
        cursor.name();
        break;
      case 'COLLATE':
      case 'COMMENT':
      case 'STORAGE':
      case 'COMPRESSION':
        cursor.take('=');
        cursor.name();
        break;
      case 'CHARACTER':
      case 'CHARSET':
        cursor.take('SET');
        cursor.name();
        break;
      case 'ON':
        readAction(cursor);
        break;
      case 'INITIALLY':
      case 'USING':
        cursor.next();
        if (cursor.sees('(')) cursor.group();
        break;
      case 'WITH':
        // DB2's WITH DEFAULT, SQL Server's WITH (FILLFACTOR = …).
        if (cursor.sees('(')) cursor.group();
        break;
      default:
        if (!SILENT.has(token.upper)) unknown();
        if (cursor.sees('(') && token.upper !== ')') cursor.group();
    }
  }
}

export function setPrimary(column: SqlColumn): void {
  column.primaryKey = true;
  column.nullable = false;
}

/** What a DEFAULT says of values: that the database counts. The template gives values itself. */
function readDefault(cursor: Cursor, column: SqlColumn, line: number, notices: Notices, subject: string): void {
  const tokens: SqlToken[] = [];
  for (let token = cursor.peek(); token !== undefined; token = cursor.peek()) {
    if (tokens.length > 0 && token.kind === 'word' && CLAUSES.has(token.upper)) break;
    if (token.upper === '(') {
      tokens.push(token, ...(cursor.group() ?? []));
    } else {
      tokens.push(token);
      cursor.next();
    }
  }
  if (tokens.some(({ upper }) => upper === 'NEXTVAL')) {
    column.generated = true;
    return;
  }
  if (/^NULL$/.test(tokens[0]?.upper ?? '')) return;
  notices.add(
    'default_not_used',
    { line },
    'defaults are not used: the template gives a value in every row',
    subject,
    'default',
  );
}

function readGenerated(cursor: Cursor, column: SqlColumn, table: SqlTable, notices: Notices, line: number): void {
  if (!cursor.take('ALWAYS')) {
    cursor.take('BY', 'DEFAULT');
    cursor.take('ON', 'NULL');
  }
  cursor.take('AS');
  if (cursor.take('IDENTITY')) {
    if (cursor.sees('(')) cursor.group();
    column.generated = true;
    column.nullable = false;
  } else if (cursor.sees('(')) dropComputed(cursor, column, table, notices, line);
  else {
    // SQL Server and DB2: row start, row end, row change timestamp: the database writes them.
    cursor.at = cursor.tokens.length;
    table.remove(column.name);
    notices.add(
      'computed_column',
      { line },
      'the database writes this column: it is left out',
      `${table.name}.${column.name}`,
    );
  }
}

function dropComputed(cursor: Cursor, column: SqlColumn, table: SqlTable, notices: Notices, line: number): void {
  const expression = cursor.group() ?? [];
  table.remove(column.name);
  const message = `the database computes it as ${showTokens(expression)}: it is left out`;
  notices.add('computed_column', { line }, message, `${table.name}.${column.name}`);
}

/** What stands behind REFERENCES. */
export function readReference(cursor: Cursor): { entity: string; column?: string } {
  const entity = cursor.name().at(-1) ?? '';
  const column = cursor.group()?.[0]?.text;
  for (;;) {
    if (cursor.take('ON', 'DELETE') || cursor.take('ON', 'UPDATE')) takeAction(cursor);
    else if (cursor.take('MATCH')) cursor.next();
    else return { entity, ...(column === undefined ? {} : { column }) };
  }
}

function readAction(cursor: Cursor): void {
  if (cursor.take('UPDATE') || cursor.take('DELETE') || cursor.take('CONFLICT')) takeAction(cursor);
  else cursor.name();
}

function takeAction(cursor: Cursor): void {
  if (cursor.take('NO', 'ACTION') || cursor.take('SET', 'NULL') || cursor.take('SET', 'DEFAULT')) return;
  cursor.next();
  if (cursor.sees('(')) cursor.group();
}

/** Applies a CHECK to the columns it speaks of. */
export function applyCheck(tokens: readonly SqlToken[], table: SqlTable, notices: Notices, line: number): void {
  const facts = readCheck(tokens);
  const columns = facts?.map(({ column }) => table.column(column));
  if (facts === undefined || columns?.some((column) => column === undefined)) {
    notices.add('check_not_supported', { line }, `the condition ${showTokens(tokens)} is not kept`, table.name);
    return;
  }
  for (const [i, { facts: said }] of facts.entries()) Object.assign(columns?.[i] ?? {}, said);
}
