import { creditRecords, type Debit, debitUsage, readUsage, type Usage } from '../../store/datagen/usage.ts';
import type { Store } from '../../store/open-store.ts';

interface Waiting {
  readonly debit: Debit;
  readonly resolve: (usage: Usage | undefined) => void;
  readonly reject: (error: unknown) => void;
}

/**
 * The one way to debit keys. Debits that come while a statement is under way share the next one: 50 clients at once cost one
 * commit, not 50. Nobody is answered before the commit.
 */
export class Ledger {
  readonly #store: Store;
  #waiting: Waiting[] = [];
  #writing = false;

  constructor(store: Store) {
    this.#store = store;
  }

  /** Debits one call and its records. @returns the usage after it; undefined when the key has no call left today */
  debit(keyId: string, records: number, maxCalls: number): Promise<Usage | undefined> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ debit: { keyId, calls: 1, records, maxCalls }, resolve, reject });
      if (!this.#writing) void this.#write();
    });
  }

  /** Gives back records that were not sent. */
  credit = (keyId: string, records: number): Promise<void> => creditRecords(this.#store, keyId, records);

  /** What a key has used today. */
  read = (keyId: string): Promise<Usage> => readUsage(this.#store, keyId);

  async #write(): Promise<void> {
    this.#writing = true;
    while (this.#waiting.length > 0) {
      const groups = this.#takeGroups();
      try {
        const used = await debitUsage(this.#store, [...groups.values()].map(sumOf));
        for (const [keyId, group] of groups) settle(group, used.get(keyId));
      } catch (error) {
        for (const { reject } of [...groups.values()].flat()) reject(error);
      }
    }
    this.#writing = false;
  }

  /** Those that are debited next, by key. A key whose calls are counted has them debited one by one: some may be too many. */
  #takeGroups(): Map<string, Waiting[]> {
    const groups = new Map<string, Waiting[]>();
    const later: Waiting[] = [];
    for (const waiting of this.#waiting) {
      const group = groups.get(waiting.debit.keyId);
      if (group === undefined) groups.set(waiting.debit.keyId, [waiting]);
      else if (waiting.debit.maxCalls < 0 && (group[0] as Waiting).debit.maxCalls < 0) group.push(waiting);
      else later.push(waiting);
    }
    this.#waiting = later;
    return groups;
  }
}

const sumOf = (group: readonly Waiting[]): Debit => ({
  ...(group[0] as Waiting).debit,
  calls: group.length,
  records: group.reduce((sum, { debit }) => sum + debit.records, 0),
});

/** Tells each of a group what the usage was after its own debit, as if they had come one after the other. */
function settle(group: readonly Waiting[], usage: Usage | undefined): void {
  let calls = (usage?.calls ?? 0) - group.length;
  let records = (usage?.records ?? 0) - group.reduce((sum, { debit }) => sum + debit.records, 0);
  for (const { debit, resolve } of group) {
    calls++;
    records += debit.records;
    resolve(usage === undefined ? undefined : { keyId: debit.keyId, calls, records });
  }
}
