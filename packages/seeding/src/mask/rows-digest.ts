import { createHash } from 'node:crypto';
import type { Row, Value } from '@datamaker/connectors';

const MODULUS = 2n ** 64n;

/** A checksum of rows that is the same in any order. */
export class RowsDigest {
  readonly #columns: readonly string[];
  #sum = 0n;
  #rows = 0;

  constructor(columns: readonly string[]) {
    this.#columns = columns;
  }

  add(row: Row): void {
    const text = JSON.stringify(
      this.#columns.map((name) => row[name] ?? null),
      plain,
    );
    this.#sum = (this.#sum + createHash('sha256').update(text).digest().readBigUInt64BE()) % MODULUS;
    this.#rows++;
  }

  get rows(): number {
    return this.#rows;
  }

  /** 16 hexadecimal digits. */
  get checksum(): string {
    return this.#sum.toString(16).padStart(16, '0');
  }
}

function plain(_: string, value: Value): unknown {
  if (typeof value === 'bigint') return { integer: String(value) };
  return value instanceof Uint8Array ? { bytes: Buffer.from(value).toString('hex') } : value;
}
