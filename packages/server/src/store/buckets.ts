import { type RawBuilder, sql } from 'kysely';
import type { Store } from './open-store.ts';
import { PREPARED } from './prepared.ts';

/** Requests are counted where it is cheap, rows where it lasts. */
export type BucketTable = 'request_bucket' | 'row_bucket';

/** How much a bucket holds, and how long it takes to empty. */
export interface Limit {
  readonly size: number;
  readonly periodMs: number;
}

export interface Taken {
  readonly allowed: boolean;
  /** How much may still be taken at once. */
  readonly remaining: number;
  /** Until nothing of what was taken counts any more. */
  readonly resetMs: number;
  /** Until as much as was asked for may be taken; 0 when it was. */
  readonly retryMs: number;
  /** The clock of the database, in ms since 1970. */
  readonly atMs: number;
}

/** Sums of fractions come out a little too large. */
const SLACK = 1e-6;
/** A clock that stood so far ahead was wrong. */
const CLOCK_STEP_US = 5e6;
const CLOCK = sql<number>`(extract(epoch FROM clock_timestamp()) * 1000000)::double precision`;

/**
 * Takes from a bucket that empties evenly (the generic cell rate algorithm): all that is asked for, or nothing. One statement, by
 * the clock of the database, so it is exact however many servers take from it: in no time span more is taken than the size of the
 * bucket and what empties meanwhile.
 * @param nowUs for tests: the time in µs since 1970
 */
export async function takeFrom(
  store: Store,
  table: BucketTable,
  name: string,
  { size, periodMs }: Limit,
  amount: number,
  nowUs?: number,
): Promise<Taken> {
  const float = (value: number): RawBuilder<number> => sql<number>`${value}::double precision`;
  const now = nowUs === undefined ? CLOCK : float(nowUs);
  const perUnit = (periodMs * 1000) / size;
  const { rows } = await sql<{ level: number; at: number; taken: boolean }>`
    ${PREPARED} INSERT INTO ${sql.table(table)} AS known (name, level, at, taken)
    VALUES (${name}, ${float(amount <= size ? amount : 0)}, ${now}, ${amount <= size})
    ON CONFLICT (name) DO UPDATE SET (level, at, taken) = (
      SELECT CASE WHEN fits THEN level + ${float(amount)} ELSE level END, at, fits
      FROM (
        SELECT level, at, level + ${float(amount)} <= ${float(size + SLACK)} AS fits
        FROM (
          SELECT least(${float(size)}, greatest(0, known.level - greatest(0, excluded.at - known.at) / ${float(perUnit)})) AS level,
            CASE WHEN known.at > excluded.at + ${float(CLOCK_STEP_US)} THEN excluded.at ELSE greatest(known.at, excluded.at) END AS at
        ) AS emptied
      ) AS tried
    )
    RETURNING level, at, taken`.execute(store);
  const { level, at, taken } = rows[0] as { level: number; at: number; taken: boolean };
  return {
    allowed: taken,
    remaining: Math.max(0, Math.floor(size - level + SLACK)),
    resetMs: (level * perUnit) / 1000,
    retryMs: taken ? 0 : Math.max(0, ((level + amount - size) * perUnit) / 1000),
    atMs: at / 1000,
  };
}
