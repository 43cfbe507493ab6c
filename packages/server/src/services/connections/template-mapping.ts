import type { Table, TableName } from '@datamaker/connectors';
import { type ErrorDetail, validationError } from '../../errors.ts';
import { recordAct } from '../../store/audit.ts';
import { findMapping, keepMapping, removeMapping, type StoredMapping } from '../../store/column-mappings.ts';
import type { StoredConnection } from '../../store/connections.ts';
import type { Principal } from '../../store/keys.ts';
import type { StoredTemplate, TemplateStore } from '../../store/templates.ts';
import type { Tenant } from '../../store/tenant.ts';
import { parseDocument, toWritten } from '../template-document.ts';
import { findTable, missingTable, type TableRef } from './catalogue.ts';
import {
  type ColumnMapping,
  type LeftOut,
  leftOutOf,
  problemsOfMapping,
  problemsOfMissing,
  suggestColumns,
} from './column-mapping.ts';
import { type ConnectionData, nameOf } from './connection-data.ts';

/** Which fields of a template go into which columns of a table. */
export interface TemplateMapping {
  readonly table: TableName;
  readonly saved: boolean;
  readonly columns: ColumnMapping;
  readonly skipped: readonly LeftOut[];
  /** Why rows would not go in. */
  readonly problems: readonly ErrorDetail[];
}

/** Mappings of a template for a connection; there is one for each two of them. */
export class TemplateMappings {
  readonly #tenant: Tenant;
  readonly #principal: Principal;
  readonly #data: ConnectionData;

  constructor(tenant: Tenant, principal: Principal, data: ConnectionData) {
    this.#tenant = tenant;
    this.#principal = principal;
    this.#data = data;
  }

  /**
   * What was said, or what names suggest.
   * @param ref undefined: the table of what was said
   * @throws ApiError validation_error, connection_failed
   */
  async read(
    template: StoredTemplate,
    templates: TemplateStore,
    connection: StoredConnection,
    ref: TableRef | undefined,
    signal: AbortSignal,
  ): Promise<TemplateMapping> {
    const kept = await this.#tenant((tx) => findMapping(tx, template.id, connection.id));
    const asked = ref ?? (kept && { table: kept.table_name, schema: kept.table_schema });
    if (asked === undefined) {
      const message = 'nothing was said of this template and connection yet';
      throw validationError([{ code: 'table_needed', pointer: '/table', message, hint: 'name a `table`' }]);
    }
    const table = await this.#table(connection, asked, signal);
    const fields = await fieldsOf(template, templates);
    return describe(table, fields, isOf(kept, table) ? kept?.columns : undefined);
  }

  /** @throws ApiError validation_error, connection_failed */
  async save(
    template: StoredTemplate,
    templates: TemplateStore,
    connection: StoredConnection,
    ref: TableRef,
    columns: ColumnMapping,
    signal: AbortSignal,
  ): Promise<TemplateMapping> {
    const table = await this.#table(connection, ref, signal);
    const fields = await fieldsOf(template, templates);
    const wrong = problemsOfMapping(columns, table, fields, '/columns');
    if (wrong.length > 0) throw validationError(wrong);
    const { workspaceId, personId } = this.#principal;
    await this.#tenant(async (tx) => {
      await keepMapping(tx, {
        template_id: template.id,
        connection_id: connection.id,
        workspace_id: workspaceId,
        table_schema: table.schema,
        table_name: table.name,
        columns: JSON.stringify(columns),
        updated_by: personId,
      });
      const details = { connection: connection.id, table: table.name };
      await recordAct(tx, this.#principal, { action: 'mapping.saved', subjectId: template.id, details });
    });
    return describe(table, fields, columns);
  }

  /** Forgets what was said. @returns whether anything was */
  remove(templateId: string, connectionId: string): Promise<boolean> {
    return this.#tenant(async (tx) => {
      const removed = await removeMapping(tx, templateId, connectionId);
      if (removed) {
        const details = { connection: connectionId };
        await recordAct(tx, this.#principal, { action: 'mapping.deleted', subjectId: templateId, details });
      }
      return removed;
    });
  }

  async #table(connection: StoredConnection, ref: TableRef, signal: AbortSignal): Promise<Table> {
    const { schema } = await this.#data.metadata(connection, false, signal);
    return findTable(schema, ref) ?? missingTable(ref);
  }
}

/** What was saved of a template and a connection, when that is of this table. */
export async function savedColumns(
  tenant: Tenant,
  templateId: string,
  connectionId: string,
  { table, schema }: TableRef,
): Promise<ColumnMapping | undefined> {
  const kept = await tenant((tx) => findMapping(tx, templateId, connectionId));
  const isOfIt = kept?.table_name === table && (schema === undefined || kept.table_schema === schema);
  return isOfIt ? kept?.columns : undefined;
}

const isOf = (kept: StoredMapping | undefined, { schema, name }: TableName): boolean =>
  kept?.table_name === name && kept.table_schema === schema;

const fieldsOf = async (template: StoredTemplate, templates: TemplateStore): Promise<string[]> =>
  (await parseDocument(toWritten(template), templates)).fields.map(({ name }) => name);

function describe(table: Table, fields: readonly string[], said: ColumnMapping | undefined): TemplateMapping {
  const { columns, leftOut: skipped } =
    said === undefined ? suggestColumns(fields, table) : { columns: said, leftOut: leftOutOf(said, table) };
  const problems = [...problemsOfMapping(columns, table, fields, '/columns'), ...problemsOfMissing(skipped)];
  return { table: nameOf(table), saved: said !== undefined, columns, skipped, problems };
}
