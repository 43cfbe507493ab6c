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
  'mockaroo',
  'faker',
  'csv',
  'json',
  'xlsx',
] as const;
export type ImportKind = (typeof IMPORT_KINDS)[number];

/** Kinds whose sources are no texts. */
export const BINARY_KINDS: ReadonlySet<ImportKind> = new Set(['xlsx']);

export const isImportKind = (name: string): name is ImportKind => (IMPORT_KINDS as readonly string[]).includes(name);

export interface ReadContext {
  readonly notices: Notices;
  /** The name that was asked for. */
  readonly entity?: string;
}

/** Reads a source of one kind: a text, or the bytes of a binary kind. @throws ImportRefused */
export type Reader = (
  source: string | Uint8Array,
  context: ReadContext,
) => readonly ImportedEntity[] | Promise<readonly ImportedEntity[]>;

type Entities = ReturnType<Reader>;

/** Each kind is loaded when it is asked for: YAML, XML and CSV bring a library with them. */
const TEXTS: Readonly<
  Record<Exclude<ImportKind, 'xlsx'>, () => Promise<(text: string, context: ReadContext) => Entities>>
> = {
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
  mockaroo: async () => (await import('./mockaroo.ts')).readMockaroo,
  faker: async () => (await import('./faker.ts')).readFaker,
  csv: async () => (await import('./csv-sample.ts')).readCsvSample,
  json: async () => (await import('./json-sample.ts')).readJsonSample,
};

export async function readerOf(kind: ImportKind): Promise<Reader> {
  if (kind === 'xlsx') {
    const { readXlsxSample } = await import('./xlsx-sample.ts');
    return (source, context) => readXlsxSample(source as Uint8Array, context);
  }
  const read = await TEXTS[kind]();
  return (source, context) => read(source as string, context);
}
