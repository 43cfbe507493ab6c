import type { Migration } from 'kysely/migration';
import { m0001 } from './0001-first.ts';
import { m0002 } from './0002-datagen.ts';

/** All migrations in order. Forward only: a released one is never changed. */
export const migrations: Readonly<Record<string, Migration>> = { '0001-first': m0001, '0002-datagen': m0002 };
