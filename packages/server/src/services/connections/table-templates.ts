import {
  ConnectionError,
  type ForeignKey,
  type Row,
  type Session,
  type Table,
  type TableName,
  type Value,
} from '@datamaker/connectors';
import { compileTemplate, parseTemplate } from '@datamaker/engine';
import {
  type Filling,
  type NestedTable,
  type OwnNotice,
  type TemplateOfTable,
  type TemplatesOfTables,
  tableId,
  templateOfTable,
  templatesOfTables,
} from '@datamaker/seeding';
import { ApiError, type ErrorDetail, validationError } from '../../errors.ts';
import { newId } from '../../ids.ts';
import type { StoredConnection } from '../../store/connections.ts';
import type { StoredTemplate } from '../../store/templates.ts';
import type { TemplateService } from '../template-service.ts';
import { findTable, missingTable, type TableRef } from './catalogue.ts';
import { type ConnectionData, nameOf } from './connection-data.ts';
import { nestedTables } from './nested-tables.ts';

/** Where foreign keys take their values from: templates that are made together, rows that are there, or neither. */
export type References = 'templates' | 'rows' | 'none';

export interface TableTemplateRequest {
  readonly locale?: string | undefined;
  /** Rows of other tables that are put into each row, by the paths to them. */
  readonly expand?: readonly string[] | undefined;
  readonly references: References;
}

/** A table that somebody wants a template of. */
export interface WantedTable extends TableRef {
  /** Of the template; undefined: that of the table. */
  readonly name?: string | undefined;
  readonly expand?: readonly string[] | undefined;
}

export interface TablesRequest extends TableTemplateRequest {
  /** Undefined: all. */
  readonly tables?: readonly WantedTable[] | undefined;
  readonly schema?: string | undefined;
  /** How many rows of a template those of others refer to. */
  readonly rows: number;
}

export interface MadeTemplate {
  readonly document: object;
  readonly notices: readonly { readonly code?: string; readonly subject: string; readonly message: string }[];
}

export interface CreatedTemplate {
  readonly table: TableName;
  readonly template: StoredTemplate;
  readonly notices: readonly OwnNotice[];
}

export interface CreatedTemplates {
  /** Each after those that it refers to. */
  readonly created: readonly CreatedTemplate[];
  /** Tables that no template was made of, and why. */
  readonly leftOut: readonly (TableName & { readonly reason: string })[];
}

const ASK_MS = 120_000;
/** Most templates that are made at once. */
const MAX_TABLES = 200;

/** Templates of the tables of a system. */
export class TableTemplates {
  readonly #data: ConnectionData;
  readonly #connection: StoredConnection;

  constructor(data: ConnectionData, connection: StoredConnection) {
    this.#data = data;
    this.#connection = connection;
  }

  /** A template of one table, as it is now. @throws ApiError validation_error, connection_failed, rate_limited */
  async one(ref: TableRef, request: TableTemplateRequest, signal: AbortSignal): Promise<MadeTemplate> {
    await checkLocale(request.locale);
    return this.#data.use(this.#connection, { timeoutMs: ASK_MS, signal }, async (session) => {
      if (session.template !== undefined) {
        if (request.expand !== undefined) throw noneWithin('/expand');
        return (await session.template({ schema: ref.schema ?? '', name: ref.table })) ?? undescribed(ref);
      }
      const { tables, notices } = await this.#data.ask(session, this.#connection);
      const table = findTable({ tables, notices }, ref) ?? missingTable(ref);
      const filling = (key: ForeignKey) => this.#rowsOf(session, table, key, request.references);
      const greatest = (column: string) => greatestOf(session, table, column);
      const nested = nestedTables(table, tables, request.expand ?? [], '/expand');
      const made = await templateOfTable(table, { locale: request.locale, filling, greatest, nested });
      if (made === undefined) throw noFields(table, '/table');
      return { document: made.document, notices: [...made.notices, ...noticesOf(table, notices)] };
    });
  }

  /** Makes templates of several tables and keeps them: all or none. @throws ApiError validation_error, connection_failed, rate_limited */
  async create(request: TablesRequest, templates: TemplateService, signal: AbortSignal): Promise<CreatedTemplates> {
    await checkLocale(request.locale);
    const { templates: made, leftOut } = await this.#data.use(
      this.#connection,
      { timeoutMs: ASK_MS, signal },
      (session) => this.#make(session, request),
    );
    const created = await templates.createAll(
      made.map(({ id = newId('tmpl'), table, template }) => {
        const { name, ...document } = template.document;
        const details = { connection: this.#connection.id, table: tableId(table) };
        return { id, name, document, details };
      }),
    );
    return {
      leftOut,
      created: created.map((kept, i) => {
        const { table, template } = made[i] as TemplateOfTable;
        return { table: nameOf(table), template: kept, notices: template.notices };
      }),
    };
  }

  async #make(session: Session, request: TablesRequest): Promise<TemplatesOfTables> {
    const { references, rows, locale } = request;
    const schema = await this.#data.ask(session, this.#connection);
    const { tables, names, nested } = select(schema.tables, request);
    if (session.template !== undefined) {
      if (request.expand !== undefined || [...nested.values()].some((within) => within.length > 0))
        throw noneWithin('/expand');
      return operations(session, tables, names);
    }
    const made = await templatesOfTables(tables, {
      locale,
      nameOf: (table) => names.get(table),
      together: references === 'templates' ? { rows, newId: () => newId('tmpl') } : undefined,
      filling: (key, table) => this.#rowsOf(session, table, key, references),
      nestedOf: (table) => nested.get(table) ?? [],
      greatest: (table, column) => greatestOf(session, table, column),
    });
    if (made.templates.length === 0) throw noFields(tables[0] as Table, '/tables');
    const templates = made.templates.map(({ template, ...rest }) => ({
      ...rest,
      template: { ...template, notices: [...template.notices, ...noticesOf(rest.table, schema.notices)] },
    }));
    return { ...made, templates };
  }

  /** Rows that are there are picked from. Where there are none and none are needed, the key is null. */
  async #rowsOf(
    session: Session,
    { columns: all }: Table,
    { columns, to, toColumns }: ForeignKey,
    references: References,
  ): Promise<Filling | undefined> {
    if (references === 'none') return undefined;
    const { id: connection, type } = this.#connection;
    const mayBeNull = all.some(({ name, nullable }) => nullable && columns.includes(name));
    const found = mayBeNull ? await firstRow(session, to, toColumns).catch(unlessGone(undefined)) : {};
    if (found === undefined) return undefined;
    return { how: 'rows', connection, type: type === 'sap_odata' ? 'api_response' : 'db_response' };
  }
}

/** @throws ApiError validation_error, before the system is asked */
async function checkLocale(locale: string | undefined): Promise<void> {
  if (locale === undefined) return;
  const parsed = parseTemplate({ locale, fields: [{ name: 'name', type: 'full_name' }] });
  const checked = parsed.ok ? await compileTemplate(parsed.value, { seed: '' }) : parsed;
  if (!checked.ok) throw validationError(checked.diagnostics.map((one) => ({ ...one, pointer: '/locale' })));
}

/** Templates of systems that describe rows in their own way. */
async function operations(
  session: Session,
  tables: readonly Table[],
  names: ReadonlyMap<Table, string>,
): Promise<TemplatesOfTables> {
  const templates: TemplateOfTable[] = [];
  const leftOut: (TableName & { reason: string })[] = [];
  for (const table of tables) {
    const made = await session.template?.(nameOf(table));
    if (made === undefined) {
      leftOut.push({ ...nameOf(table), reason: 'no document describes its rows' });
      continue;
    }
    const document = { ...made.document, name: names.get(table) ?? made.document.name };
    const notices = made.notices.map((notice) => ({ code: 'not_described', ...notice }));
    const columns = document.fields.map(({ name }) => name);
    templates.push({ id: undefined, table, template: { document, columns, notices } });
  }
  if (templates.length === 0) undescribed({ table: tables[0]?.name ?? '' }, '/tables');
  return { templates, leftOut };
}

/** Goes on with something else, unless the connection itself is what failed. */
const unlessGone =
  <T>(other: T) =>
  (error: unknown): T => {
    if (error instanceof ConnectionError && !['broken', 'timeout'].includes(error.problem)) return other;
    throw error;
  };

async function firstRow(session: Session, table: TableName, columns: readonly string[]): Promise<Row | undefined> {
  for await (const [row] of session.read({ table, columns, limit: 1 })) return row;
  return undefined;
}

/** What may not be read is not known. */
const greatestOf = (session: Session, table: Table, column: string): Promise<Value | undefined> =>
  session.greatest?.(nameOf(table), column).catch(unlessGone(undefined)) ?? Promise.resolve(undefined);

/** What was said of a table as a whole, or of parts that are no columns: triggers, rules in languages of their own. */
const noticesOf = (
  { name }: Table,
  notices: readonly { readonly subject: string; readonly message: string }[],
): OwnNotice[] =>
  notices
    .filter(({ subject }) => subject === name || subject.startsWith(`${name}.`))
    .map(({ subject, message }) => ({ code: 'not_described', subject, message }));

function select(
  all: readonly Table[],
  { tables: wanted, schema, expand = [] }: TablesRequest,
): {
  readonly tables: readonly Table[];
  readonly names: ReadonlyMap<Table, string>;
  readonly nested: ReadonlyMap<Table, readonly NestedTable[]>;
} {
  const wrong: ErrorDetail[] = [];
  const names = new Map<Table, string>();
  const nested = new Map<Table, readonly NestedTable[]>();
  const inSchema = schema === undefined ? all : all.filter((one) => one.schema === schema);
  const found = wanted?.flatMap((ref, index) => {
    try {
      const table = findTable({ tables: all, notices: [] }, { schema, ...ref }) ?? missingTable({ schema, ...ref });
      if (ref.name !== undefined) names.set(table, ref.name);
      if (ref.expand !== undefined) nested.set(table, nestedTables(table, all, ref.expand, '/expand'));
      return [table];
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      const at = (pointer: string): string => `/tables/${index}${pointer.startsWith('/expand') ? pointer : ''}`;
      wrong.push(...error.diagnostics.map((detail) => ({ ...detail, pointer: at(detail.pointer) })));
      return [];
    }
  });
  if (wrong.length > 0) throw validationError(wrong);
  const tables = [...new Set(found ?? inSchema)];
  // What is said of all tables holds for those that have such rows within; one of them has to.
  for (const table of tables) {
    if (!nested.has(table)) nested.set(table, nestedTables(table, all, expand, '/expand', false));
  }
  for (const [index, path] of expand.entries()) {
    const [first] = path.split('/');
    if (tables.some((table) => nested.get(table)?.some(({ name }) => name === first))) continue;
    const message = `no table here has rows within that are called ${JSON.stringify(path.slice(0, 80))}`;
    wrong.push({ code: 'nested_unknown', pointer: `/expand/${index}`, message, hint: 'see `nested` in the metadata' });
  }
  if (wrong.length > 0) throw validationError(wrong);
  if (tables.length > 0 && tables.length <= MAX_TABLES) return { tables, names, nested };
  const message =
    tables.length === 0
      ? 'the system describes no tables here'
      : `templates are made of at most ${MAX_TABLES} tables at once, not ${tables.length}`;
  const hint = tables.length === 0 ? 'see its metadata' : 'name some of them in `tables`, or one schema in `schema`';
  const code = tables.length === 0 ? 'table_missing' : 'too_many_tables';
  throw validationError([{ code, pointer: '/tables', message, hint }]);
}

const noneWithin = (pointer: string): Error =>
  validationError([
    {
      code: 'not_supported',
      pointer,
      message: 'operations of REST bring with them what the document says: nothing is to be named',
      hint: 'leave `expand` out',
    },
  ]);

function undescribed({ table }: TableRef, pointer = '/table'): never {
  const message = `no OpenAPI document describes rows of ${JSON.stringify(table.slice(0, 100))}`;
  const hint = 'templates are made of the operations in `options.openapi` of a REST connection: see its metadata';
  throw validationError([{ code: 'table_missing', pointer, message, hint }]);
}

const noFields = ({ name }: Table, pointer: string): Error =>
  validationError([
    {
      code: 'no_columns',
      pointer,
      message: `no field can be made for ${JSON.stringify(name.slice(0, 100))}: the system fills all of its columns itself, or has none yet`,
      hint: 'see its metadata',
    },
  ]);
