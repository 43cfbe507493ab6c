import type { Column, Table } from '@datamaker/connectors';
import { Notices, type TemplateDocument, TemplateMaker } from '@datamaker/engine/import';
import type { FactsByColumn } from './column-facts.ts';
import { importedColumnOf } from './imported-column-of.ts';

/** Notices of the import that say something a person wants to know before a run, and not how DDL is read. */
const TOLD = new Set(['few_unique_values', 'unique_not_possible', 'not_possible', 'pattern_not_supported', 'no_room']);

export interface TableTemplate {
  readonly document: TemplateDocument | null;
  readonly notices: readonly { readonly code: string; readonly column: string; readonly message: string }[];
}

/** The template of a table, for its columns but those of keys: each is read by its type, by the rules it is under, and by its name. */
export async function tableTemplate(
  table: Table,
  columns: readonly Column[],
  facts: FactsByColumn,
  locale: string | undefined,
): Promise<TableTemplate> {
  if (columns.length === 0) return { document: null, notices: [] };
  const unique = new Set(table.uniqueKeys.flatMap((key) => (key.columns.length === 1 ? key.columns : [])));
  const notices = new Notices();
  const maker = new TemplateMaker(notices, false);
  const imported = columns.map((column) =>
    importedColumnOf(column, facts.get(column.name) ?? {}, unique.has(column.name)),
  );
  const document = await maker.template({ name: table.name, place: {}, columns: imported });
  const told = notices.list().filter(({ code }) => TOLD.has(code));
  return {
    document: document === undefined ? null : { ...document, ...(locale === undefined ? {} : { locale }) },
    notices: told.map(({ code, message, subject }) => ({
      code,
      message,
      column: subject?.slice(table.name.length + 1) ?? '',
    })),
  };
}
