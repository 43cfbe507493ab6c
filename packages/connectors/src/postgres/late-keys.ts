import type { KeyName } from '../session.ts';
import { quoteTable } from '../sql/statements.ts';
import { dialect } from './dialect.ts';
import type { Query } from './query.ts';

/** Foreign keys that are checked at the end of a transaction; see `Session.deferKeys`. */
export class LateKeys {
  readonly #query: Query;
  /** Not declared so, and made so in the transaction that is open. */
  #made: readonly KeyName[] = [];

  constructor(query: Query) {
    this.#query = query;
  }

  async defer(also: readonly KeyName[]): Promise<void> {
    for (const key of also) await this.#alter(key, 'DEFERRABLE');
    this.#made = [...this.#made, ...also];
    await this.#query('SET CONSTRAINTS ALL DEFERRED');
  }

  async check(): Promise<void> {
    await this.#query('SET CONSTRAINTS ALL IMMEDIATE');
    for (const key of this.#made) await this.#alter(key, 'NOT DEFERRABLE');
    this.#made = [];
  }

  /** What was made in a transaction that was not kept is gone with it. */
  forget(): void {
    this.#made = [];
  }

  async #alter({ table, name }: KeyName, how: string): Promise<void> {
    await this.#query(`ALTER TABLE ${quoteTable(dialect, table)} ALTER CONSTRAINT ${dialect.quote(name)} ${how}`);
  }
}
