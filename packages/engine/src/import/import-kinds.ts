import type { ImportedEntity } from './imported-column.ts';
import type { Notices } from './notices.ts';

/** What can be imported. */
export const IMPORT_KINDS = ['sql-ddl'] as const;
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
};

export const readerOf = (kind: ImportKind): Promise<Reader> => READERS[kind]();
