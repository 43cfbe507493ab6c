import type { ImportedEntity } from './imported-column.ts';
import type { Notices } from './notices.ts';

/** What can be imported. */
export const IMPORT_KINDS = [
  'sql-ddl',
  'json-schema',
  'openapi',
  'avro',
  'prisma',
  'dbt',
  'edmx',
  'csv',
  'json',
] as const;
export type ImportKind = (typeof IMPORT_KINDS)[number];

export const isImportKind = (name: string): name is ImportKind => (IMPORT_KINDS as readonly string[]).includes(name);

export interface ReadContext {
  readonly notices: Notices;
  /** The name that was asked for. */
  readonly entity?: string;
}

/** Reads a source of one kind. @throws ImportRefused */
export type Reader = (
  text: string,
  context: ReadContext,
) => readonly ImportedEntity[] | Promise<readonly ImportedEntity[]>;

/** Each kind is loaded when it is asked for: YAML, XML and CSV bring a library with them. */
const READERS: Readonly<Record<ImportKind, () => Promise<Reader>>> = {
  'sql-ddl': async () => {
    const { readSqlDdl } = await import('./sql-ddl.ts');
    return (text, { notices }) => readSqlDdl(text, notices);
  },
  'json-schema': async () => (await import('./json-schema.ts')).readJsonSchema,
  openapi: async () => (await import('./openapi.ts')).readOpenApi,
  avro: async () => (await import('./avro.ts')).readAvro,
  prisma: async () => (await import('./prisma.ts')).readPrisma,
  dbt: async () => (await import('./dbt.ts')).readDbt,
  edmx: async () => (await import('./edmx.ts')).readEdmx,
  csv: async () => (await import('./csv-sample.ts')).readCsvSample,
  json: async () => (await import('./json-sample.ts')).readJsonSample,
};

export const readerOf = (kind: ImportKind): Promise<Reader> => READERS[kind]();
