import { ConnectionError, type ForeignKey, type Row, type Session, type Table, type TableName } from '@datamaker/connectors';
import {
  type Filling,
  type OwnNotice,
  type OwnTemplate,
  orderTables,
  tableId,
  templateOfTable,
} from '@datamaker/seeding';
import { ApiError, type ErrorDetail, validationError } from '../../errors.ts';
import { newId } from '../../ids.ts';
import type { StoredConnection } from '../../store/connections.ts';
import type { TemplateDocument } from '../../store/schema.ts';
import type { StoredTemplate } from '../../store/templates.ts';
import type { TemplateService } from '../template-service.ts';
import { findTable, missingTable, type TableRef } from './catalogue.ts';
import { type ConnectionData, nameOf } from './connection-data.ts';

/** Where foreign keys take their values from: templates that are made together, rows that are there, or neither. */
export type References = 'templates' | 'rows' | 'none';

export interface TableTemplateRequest {
  readonly locale?: string | undefined;
  readonly references: References;
}

/** A table that somebody wants a template of. */
export interface WantedTable extends TableRef {
  /** Of the template; undefined: that of the table. */
  readonly name?: string | undefined;
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

/** A template that is still to be kept. */
interface Draft {
  readonly id: string;
  readonly table: Table;
  readonly made: OwnTemplate;
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
    return this.#data.use(this.#connection, { timeoutMs: ASK_MS, signal }, async (session) => {
      const own = await session.template?.({ schema: ref.schema ?? '', name: ref.table });
      if (own !== undefined) return own;
      const { tables, notices } = await this.#data.ask(session, this.#connection);
      const table = findTable({ tables, notices }, ref) ?? (tables.length === 0 ? undescribed(ref) : missingTable(ref));
      const filling = (key: ForeignKey) => this.#rowsOf(session, key, request.references);
      const made = await this.#make(session, table, { locale: request.locale, filling });
      if (made === undefined) throw noFields(table, '/table');
      return { document: made.document, notices: [...made.notices, ...noticesOf(table, notices)] };
    });
  }

  /** Makes templates of several tables and keeps them: all or none. @throws ApiError validation_error, connection_failed, rate_limited */
  async create(request: TablesRequest, templates: TemplateService, signal: AbortSignal): Promise<CreatedTemplates> {
    const { drafts, leftOut } = await this.#data.use(this.#connection, { timeoutMs: ASK_MS, signal }, (session) =>
      this.#drafts(session, request),
    );
    const created = await templates.createAll(
      drafts.map(({ id, table, made: { document } }) => {
        const { name, ...rest } = document;
        const details = { connection: this.#connection.id, table: tableId(table) };
        return { id, name, document: rest as TemplateDocument, details };
      }),
    );
    return {
      leftOut,
      created: created.map((template, i) => {
        const { table, made } = drafts[i] as Draft;
        return { table: nameOf(table), template, notices: made.notices };
      }),
    };
  }

  async #drafts(session: Session, request: TablesRequest): Promise<Pick<CreatedTemplates, 'leftOut'> & { drafts: Draft[] }> {
    const { references, rows, locale } = request;
    const schema = await this.#data.ask(session, this.#connection);
    const { tables, names } = select(schema.tables, request);
    const order = orderTables(tables);
    const isLate = (table: Table, key: ForeignKey): boolean =>
      order.later.get(tableId(table))?.has(key) === true || order.deferred.get(tableId(table))?.has(key) === true;
    const drafts = new Map<string, Draft>();
    const leftOut: (TableName & { reason: string })[] = [];
    for (const table of [...order.tables, ...order.stuck.flat()]) {
      const filling = (key: ForeignKey): Promise<Filling | undefined> | Filling | undefined => {
        const parent = references === 'templates' && !isLate(table, key) ? drafts.get(tableId(key.to)) : undefined;
        if (parent !== undefined && hasFields(parent.made, key.toColumns)) {
          return { how: 'template', templateId: parent.id, rows };
        }
        const isComing = isLate(table, key) && references === 'templates';
        return isComing ? undefined : this.#rowsOf(session, key, references);
      };
      const counted = references === 'templates' ? referredTo(table, tables) : undefined;
      const made = await this.#make(session, table, { locale, filling, name: names.get(table), counted });
      if (made === undefined) leftOut.push({ ...nameOf(table), reason: 'the system fills all of its columns itself' });
      else {
        const notices = [...made.notices, ...noticesOf(table, schema.notices)];
        drafts.set(tableId(table), { id: newId('tmpl'), table, made: { ...made, notices } });
      }
    }
    if (drafts.size === 0) throw noFields(tables[0] as Table, '/tables');
    return { drafts: [...drafts.values()], leftOut };
  }

  #make(
    session: Session,
    table: Table,
    options: Omit<NonNullable<Parameters<typeof templateOfTable>[1]>, 'greatest'>,
  ): Promise<OwnTemplate | undefined> {
    // What may not be read is not known.
    const greatest = (column: string) => session.greatest?.(nameOf(table), column).catch(unlessGone(null)) ?? Promise.resolve(null);
    return templateOfTable(table, { ...options, greatest });
  }

  /** Rows that are there are picked from; where there are none nothing could be. */
  async #rowsOf(session: Session, { to, toColumns }: ForeignKey, references: References): Promise<Filling | undefined> {
    if (references === 'none') return undefined;
    const { id: connection, type } = this.#connection;
    const found = await firstRow(session, to, toColumns).catch(unlessGone(undefined));
    if (found === undefined) return undefined;
    return { how: 'rows', connection, type: type === 'sap_odata' ? 'api_response' : 'db_response' };
  }
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

/** Whether another template can refer to these columns: values of other systems are not known beforehand. */
const hasFields = ({ document }: OwnTemplate, columns: readonly string[]): boolean =>
  columns.every((name) =>
    document.fields.some((field) => field.name === name && !/^(?:db|api)_response$/.test(field.type)),
  );

/** Columns of a table that others refer to. */
const referredTo = (table: Table, tables: readonly Table[]): ReadonlySet<string> =>
  new Set(
    tables.flatMap((other) =>
      other.foreignKeys.flatMap(({ to, toColumns }) => (tableId(to) === tableId(table) ? toColumns : [])),
    ),
  );

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
  { tables: wanted, schema }: TablesRequest,
): { readonly tables: readonly Table[]; readonly names: ReadonlyMap<Table, string> } {
  const wrong: ErrorDetail[] = [];
  const names = new Map<Table, string>();
  const inSchema = schema === undefined ? all : all.filter((one) => one.schema === schema);
  const found = wanted?.flatMap((ref, index) => {
    try {
      const table = findTable({ tables: all, notices: [] }, { schema, ...ref }) ?? missingTable({ schema, ...ref });
      if (ref.name !== undefined) names.set(table, ref.name);
      return [table];
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      wrong.push(...error.diagnostics.map((detail) => ({ ...detail, pointer: `/tables/${index}` })));
      return [];
    }
  });
  if (wrong.length > 0) throw validationError(wrong);
  const tables = [...new Set(found ?? inSchema)];
  if (tables.length > 0 && tables.length <= MAX_TABLES) return { tables, names };
  const message =
    tables.length === 0
      ? 'the system describes no tables here'
      : `templates are made of at most ${MAX_TABLES} tables at once, not ${tables.length}`;
  const hint = tables.length === 0 ? 'see its metadata' : 'name some of them in `tables`, or one schema in `schema`';
  const code = tables.length === 0 ? 'table_missing' : 'too_many_tables';
  throw validationError([{ code, pointer: '/tables', message, hint }]);
}

function undescribed({ table }: TableRef): never {
  const message = `no OpenAPI document describes rows of ${JSON.stringify(table.slice(0, 100))}`;
  const hint = 'templates are made of the operations in `options.openapi` of a REST connection: see its metadata';
  throw validationError([{ code: 'table_missing', pointer: '/table', message, hint }]);
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

