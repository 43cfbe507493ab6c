/** Why a database cannot be used. The code is stable; the database is as it was. */
export class StoreError extends Error {
  readonly code: 'wrong_encoding' | 'newer_schema' | 'older_schema' | 'no_tables' | 'migration_failed';

  constructor(code: StoreError['code'], message: string, cause?: unknown) {
    super(message, { cause });
    this.name = 'StoreError';
    this.code = code;
  }
}
