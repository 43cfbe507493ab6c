import { ImportRefused, tooLarge } from './import-refused.ts';
import type { ImportedEntity } from './imported-column.ts';
import { MAX_COLUMNS, MAX_ENTITIES } from './limits.ts';
import type { Notices } from './notices.ts';
import { readColumn } from './sql/column-definition.ts';
import { readColumnType, type TypeFacts } from './sql/column-type.ts';
import { Cursor, showTokens, splitAtCommas } from './sql/cursor.ts';
import { type SqlStatement, splitStatements } from './sql/statements.ts';
import { SqlTable } from './sql/table.ts';
import { isConstraint, readConstraint } from './sql/table-constraint.ts';
import type { SqlToken } from './sql/tokenize.ts';

/**
 * The tables of an SQL script: CREATE TABLE of PostgreSQL, MySQL, SQL Server, Oracle, DB2 and SQLite, with what ALTER TABLE,
 * CREATE TYPE, CREATE DOMAIN and CREATE UNIQUE INDEX add. A reader for all dialects at once that takes what it knows and tells of
 * the rest: parsers of one dialect refuse a whole script for a word of another.
 * @throws ImportRefused when there is no table in it
 */
export function readSqlDdl(source: string, notices: Notices): ImportedEntity[] {
  const reader = new DdlReader(notices);
  for (const statement of splitStatements(source)) reader.statement(statement);
  return reader.entities();
}

/** Words between CREATE and TABLE. */
const BEFORE_TABLE = new Set([
  'OR',
  'REPLACE',
  'GLOBAL',
  'LOCAL',
  'PRIVATE',
  'TEMP',
  'TEMPORARY',
  'UNLOGGED',
  'EXTERNAL',
  'FOREIGN',
  'VOLATILE',
  'COLUMN',
  'ROW',
  'BLOCKCHAIN',
  'IMMUTABLE',
]);

class DdlReader {
  readonly #notices: Notices;
  readonly #tables = new Map<string, SqlTable>();
  readonly #types = new Map<string, TypeFacts>();
  #columns = 0;

  constructor(notices: Notices) {
    this.#notices = notices;
  }

  entities(): ImportedEntity[] {
    if (this.#tables.size === 0)
      throw new ImportRefused(
        'nothing_to_import',
        'there is no CREATE TABLE in it',
        'give the script that creates the tables, or name another --kind',
      );
    return [...this.#tables.values()].map((table) => table.toEntity());
  }

  statement({ tokens, line }: SqlStatement): void {
    const cursor = new Cursor(tokens);
    if (cursor.take('CREATE')) return this.#create(cursor, line);
    if (cursor.take('ALTER', 'TABLE')) return this.#alter(cursor, line);
    if (cursor.sees('COMMENT', 'ON')) return;
    this.#skipped(tokens, line);
  }

  #skipped(tokens: readonly SqlToken[], line: number): void {
    const all = tokens.filter(({ kind }) => kind === 'word').map(({ upper }) => upper);
    const words = all[0] === 'CREATE' ? ['CREATE', ...all.slice(1).filter((word) => !BEFORE_TABLE.has(word))] : all;
    const what = words.length === 0 ? showTokens(tokens.slice(0, 3)) : words.slice(0, 2).join(' ').slice(0, 60);
    const key = words.slice(0, words[0] === 'CREATE' ? 2 : 1).join(' ');
    this.#notices.add('skipped_statement', { line }, `${what} … describes no table and is passed over`, undefined, key);
  }

  #create(cursor: Cursor, line: number): void {
    while (BEFORE_TABLE.has(cursor.peek()?.upper ?? '')) cursor.next();
    if (cursor.take('TABLE')) return this.#createTable(cursor, line);
    if (cursor.take('TYPE')) return this.#createType(cursor, line);
    if (cursor.take('DOMAIN')) return this.#createDomain(cursor);
    if (
      cursor.take('UNIQUE', 'INDEX') ||
      cursor.take('UNIQUE', 'CLUSTERED', 'INDEX') ||
      cursor.take('UNIQUE', 'NONCLUSTERED', 'INDEX')
    )
      return this.#uniqueIndex(cursor, line);
    if (cursor.sees('INDEX') || cursor.sees('NONCLUSTERED') || cursor.sees('CLUSTERED')) return;
    this.#skipped(cursor.tokens, line);
  }

  #createTable(cursor: Cursor, line: number): void {
    cursor.take('IF', 'NOT', 'EXISTS');
    const path = cursor.name();
    const name = path.at(-1);
    const body = cursor.sees('(') ? cursor.group() : undefined;
    if (name === undefined || body === undefined) {
      const what = showTokens(cursor.tokens.slice(cursor.at));
      this.#notices.add(
        'table_without_columns',
        { line },
        `the columns are not given here (${what}): no template is made of it`,
        name,
      );
      return;
    }
    if (this.#tables.size >= MAX_ENTITIES) throw tooLarge(`there are more than ${MAX_ENTITIES} tables`);
    const table = new SqlTable(name, line);
    const key = name.toLowerCase();
    if (this.#tables.has(key))
      this.#notices.add('duplicate_entity', { line }, 'the table is created twice: the later one counts', name);
    if (path.length > 1)
      this.#notices.add(
        'schema_left_out',
        { line },
        `templates are named after tables without the schema (${path.slice(0, -1).join('.')})`,
        undefined,
        'schema',
      );
    this.#tables.set(key, table);
    const last = cursor.tokens.at(-1);
    if (cursor.done && last?.upper !== ')')
      this.#notices.add('unclosed', { line }, 'the script ends inside this table', name);
    const elements = splitAtCommas(body).map((tokens) => new Cursor(tokens));
    this.#columns += elements.length;
    if (this.#columns > MAX_COLUMNS) throw tooLarge(`there are more than ${MAX_COLUMNS} columns`);
    // Columns first: a constraint may stand before the column it speaks of.
    const constraints = elements.filter(isConstraint);
    for (const element of elements.filter((element) => !constraints.includes(element)))
      readColumn(element, table, this.#types, this.#notices);
    for (const element of foreignKeysFirst(constraints)) readConstraint(element, table, this.#notices);
    this.#options(cursor, table);
  }

  /** What stands behind the columns: storage, engine, partitions. Inheritance adds columns. */
  #options(cursor: Cursor, table: SqlTable): void {
    const rest = cursor.tokens.slice(cursor.at);
    const [first] = rest;
    if (first === undefined) return;
    const message = `what follows the columns is not kept: ${showTokens(rest.slice(0, 8))}`;
    if (rest.some(({ upper }) => upper === 'INHERITS'))
      this.#notices.add('table_without_columns', { line: first.line }, message, table.name);
    else this.#notices.add('table_options', { line: first.line }, message, table.name, 'options');
  }

  #createType(cursor: Cursor, line: number): void {
    const name = cursor.name().at(-1)?.toLowerCase() ?? '';
    if (cursor.take('AS', 'ENUM')) {
      const values = (cursor.group() ?? []).filter(({ kind }) => kind === 'string').map(({ text }) => text);
      this.#types.set(name, { kind: 'text', values });
    } else if (cursor.take('FROM')) {
      const typed = readColumnType(cursor, this.#types);
      if (typed !== undefined)
        this.#types.set(name, { ...typed.facts, ...(cursor.sees('NOT', 'NULL') ? { nullable: false } : {}) });
    } else {
      this.#skipped(cursor.tokens, line);
    }
  }

  /** A domain is a type with conditions; they are read as those of a column called VALUE. */
  #createDomain(cursor: Cursor): void {
    const [token] = cursor.tokens.slice(cursor.at);
    const name = cursor.name().at(-1) ?? '';
    cursor.take('AS');
    if (token === undefined) return;
    const table = new SqlTable(name, token.line);
    readColumn(
      new Cursor([{ ...token, text: 'VALUE' }, ...cursor.tokens.slice(cursor.at)]),
      table,
      this.#types,
      this.#notices,
    );
    const {
      name: _name,
      place: _place,
      nullable,
      ...facts
    } = table.columns[0] ?? { name, place: {}, kind: 'any' as const };
    this.#types.set(name.toLowerCase(), nullable === false ? { ...facts, nullable } : facts);
  }

  #uniqueIndex(cursor: Cursor, line: number): void {
    while (!cursor.done && !cursor.take('ON')) cursor.next();
    cursor.take('ONLY');
    const table = this.#tables.get(cursor.name().at(-1)?.toLowerCase() ?? '');
    while (!cursor.done && !cursor.sees('(')) cursor.next();
    const parts = splitAtCommas(cursor.group() ?? []);
    const column = table?.column(parts[0]?.[0]?.text ?? '');
    if (table !== undefined && parts.length === 1 && column !== undefined && !cursor.sees('WHERE'))
      column.unique = true;
    else
      this.#notices.add(
        'composite_unique',
        { line },
        `rows are not kept unique by the index on (${parts.map(showTokens).join(', ')})`,
        table?.name,
      );
  }

  #alter(cursor: Cursor, line: number): void {
    cursor.take('IF', 'EXISTS');
    cursor.take('ONLY');
    const name = cursor.name().at(-1) ?? '';
    const table = this.#tables.get(name.toLowerCase());
    if (table === undefined) {
      this.#notices.add(
        'skipped_statement',
        { line },
        `ALTER TABLE ${name.slice(0, 60)}: the table is not created here`,
        undefined,
      );
      return;
    }
    if (cursor.take('WITH')) cursor.next();
    for (const tokens of splitAtCommas(cursor.tokens.slice(cursor.at)))
      this.#change(new Cursor(tokens), table, tokens[0]?.line ?? line);
  }

  #change(cursor: Cursor, table: SqlTable, line: number): void {
    const { tokens } = cursor;
    if (cursor.take('ADD') || isConstraint(cursor)) {
      cursor.take('COLUMN');
      cursor.take('IF', 'NOT', 'EXISTS');
      if (isConstraint(cursor)) return readConstraint(cursor, table, this.#notices);
      // Oracle and SQL Server's defaults: ADD (a int, b int); ADD DEFAULT x FOR c.
      if (cursor.sees('(')) {
        for (const part of splitAtCommas(cursor.group() ?? []))
          this.#change(new Cursor([...tokens.slice(0, 1), ...part]), table, line);
        return;
      }
      if (!cursor.sees('DEFAULT')) return readColumn(cursor, table, this.#types, this.#notices);
    } else if (cursor.take('ALTER', 'COLUMN') || cursor.take('ALTER')) {
      const column = table.column(cursor.next()?.text ?? '');
      if (column !== undefined && cursor.take('SET', 'NOT', 'NULL')) column.nullable = false;
      else if (column !== undefined && cursor.take('DROP', 'NOT', 'NULL')) column.nullable = true;
      else if (column !== undefined && cursor.take('SET', 'DEFAULT')) {
        if (tokens.some(({ upper }) => upper === 'NEXTVAL')) column.generated = true;
      } else if (column !== undefined && cursor.take('ADD', 'GENERATED')) column.generated = true;
      else this.#notChanged(tokens, table, line);
      return;
    } else if (cursor.take('DROP', 'COLUMN')) {
      cursor.take('IF', 'EXISTS');
      if (table.remove(cursor.next()?.text ?? '')) return;
    } else if (cursor.take('MODIFY')) {
      this.#modify(cursor, table, line);
      return;
    } else if (
      cursor.sees('OWNER', 'TO') ||
      cursor.sees('CHECK', 'CONSTRAINT') ||
      cursor.sees('ENABLE') ||
      cursor.sees('SET')
    ) {
      return;
    }
    this.#notChanged(tokens, table, line);
  }

  /** MySQL's and Oracle's MODIFY gives a column anew. */
  #modify(cursor: Cursor, table: SqlTable, line: number): void {
    cursor.take('COLUMN');
    const parts = cursor.sees('(') ? splitAtCommas(cursor.group() ?? []) : [cursor.tokens.slice(cursor.at)];
    for (const part of parts) {
      const known = table.column(part[0]?.text ?? '');
      if (known === undefined) {
        this.#notChanged(part, table, line);
        continue;
      }
      const scratch = new SqlTable(table.name, line);
      readColumn(new Cursor(part), scratch, this.#types, this.#notices);
      const [changed] = scratch.columns;
      if (changed !== undefined)
        Object.assign(
          known,
          changed.kind === 'any'
            ? { nullable: changed.nullable ?? true }
            : { ...changed, ...(known.primaryKey === true ? { primaryKey: true, nullable: false } : {}) },
        );
    }
  }

  #notChanged(tokens: readonly SqlToken[], table: SqlTable, line: number): void {
    this.#notices.add('skipped_statement', { line }, `ALTER TABLE … ${showTokens(tokens)} is not followed`, table.name);
  }
}

/** Which columns refer elsewhere must be known before composite keys are read. */
const foreignKeysFirst = (constraints: readonly Cursor[]): Cursor[] => {
  const isForeign = ({ tokens }: Cursor): boolean => tokens.slice(0, 3).some(({ upper }) => upper === 'FOREIGN');
  return [...constraints.filter(isForeign), ...constraints.filter((constraint) => !isForeign(constraint))];
};
