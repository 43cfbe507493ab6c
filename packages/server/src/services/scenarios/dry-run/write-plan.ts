/** What a dry run has not done. */
export interface PlannedWrite {
  /** `insert`, `upsert`, `post`, `execute`, `push`, `seed`, `undo`, `save_set`, `delete_set`, `write_file`, `delete_file`, or the request itself. */
  readonly action: string;
  readonly connection: { readonly id: string; readonly name: string; readonly type: string } | null;
  /** The table, path or entity set, the set, the file, or the statement without its values. */
  readonly target: string;
  /** null: only doing it would tell. */
  readonly rows: number | null;
  /** How many requests it would have been. */
  readonly calls: number;
  readonly first_rows: readonly Readonly<Record<string, unknown>>[];
}

export type NewWrite = Omit<PlannedWrite, 'calls'>;

const MOST_WRITES = 200;
const MOST_ROWS = 3;
const MOST_FIELDS = 100;
const MOST_TEXT = 200;
const REDACTED = '[redacted]';

/** What a dry run has not done, in order: the same on the same table one after another is one, and no plan is longer than people read. */
export class WritePlan {
  readonly #writes: PlannedWrite[] = [];
  readonly #sensitive: ReadonlySet<string>;
  #more = 0;

  /** @param sensitive names of fields whose values are not to be seen */
  constructor(sensitive: readonly string[]) {
    this.#sensitive = new Set(sensitive);
  }

  add({ first_rows, ...write }: NewWrite): void {
    const last = this.#writes.at(-1);
    const isSame =
      last !== undefined &&
      last.action === write.action &&
      last.target === write.target &&
      last.connection?.id === write.connection?.id;
    if (isSame && this.#more === 0) {
      const rows = last.rows === null || write.rows === null ? null : last.rows + write.rows;
      this.#writes[this.#writes.length - 1] = { ...last, rows, calls: last.calls + 1 };
    } else if (this.#writes.length === MOST_WRITES) {
      this.#more++;
    } else {
      this.#writes.push({
        ...write,
        calls: 1,
        first_rows: first_rows.slice(0, MOST_ROWS).map((row) => this.#shown(row)),
      });
    }
  }

  /** `more`: how many are not shown. */
  get shown(): { readonly writes: readonly PlannedWrite[]; readonly more: number } {
    return { writes: [...this.#writes], more: this.#more };
  }

  #shown(row: Readonly<Record<string, unknown>>): Record<string, unknown> {
    return Object.fromEntries(
      Object.entries(row)
        .slice(0, MOST_FIELDS)
        .map(([name, value]) => [name, this.#sensitive.has(name) ? REDACTED : this.#value(value)]),
    );
  }

  #value(value: unknown): unknown {
    if (typeof value === 'string') return value.length > MOST_TEXT ? `${value.slice(0, MOST_TEXT)}…` : value;
    if (value === null || typeof value !== 'object') return value;
    if (!Array.isArray(value)) return this.#shown(value as Record<string, unknown>);
    return value.slice(0, MOST_ROWS).map((one) => this.#value(one));
  }
}
