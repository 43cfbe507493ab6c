import { sql } from 'kysely';
import type { Store } from './open-store.ts';

export interface AttemptLimit {
  /** What is counted, as a hash: an account, or an address. */
  readonly subject: Buffer;
  readonly most: number;
}

/** How far back attempts count. */
const WINDOW_SECONDS = 900;

/**
 * Notes an attempt before its password is looked at, so that many at once count as well. Holds for all processes on one
 * database.
 * @returns undefined when the attempt may be made, else in how many seconds the next one may
 */
export async function claimAttempt(store: Store, limits: readonly AttemptLimit[]): Promise<number | undefined> {
  return store.transaction().execute(async (tx) => {
    let wait: number | undefined;
    // In one order, so that two attempts never wait for each other.
    for (const { subject, most } of [...limits].sort((a, b) => Buffer.compare(a.subject, b.subject))) {
      await sql`SELECT pg_advisory_xact_lock(hashtextextended(${subject.toString('hex')}, 4715208133))`.execute(tx);
      const seconds = await secondsUntilFree(tx, subject, most);
      if (seconds !== undefined) wait = Math.max(wait ?? 0, seconds);
    }
    if (wait !== undefined) return wait;
    await tx
      .insertInto('sign_in_attempt')
      .values(limits.map(({ subject }) => ({ subject })))
      .execute();
    return undefined;
  });
}

/** The attempt that has to be out of the window before there is room for another. */
async function secondsUntilFree(tx: Store, subject: Buffer, most: number): Promise<number | undefined> {
  const found = await tx
    .selectFrom('sign_in_attempt')
    .where('subject', '=', subject)
    .where('at', '>', sql<Date>`clock_timestamp() - make_interval(secs => ${WINDOW_SECONDS})`)
    .orderBy('at', 'desc')
    .offset(most - 1)
    .limit(1)
    .select(sql<string>`ceil(extract(epoch FROM at - clock_timestamp()) + ${WINDOW_SECONDS})`.as('seconds'))
    .executeTakeFirst();
  return found === undefined ? undefined : Math.max(1, Number(found.seconds));
}

/** Forgets the attempts at what has been signed in to. */
export async function forgetAttempts(store: Store, subject: Buffer): Promise<void> {
  await store.deleteFrom('sign_in_attempt').where('subject', '=', subject).execute();
}

/** Forgets attempts that count no more. */
export async function sweepAttempts(store: Store): Promise<void> {
  await store
    .deleteFrom('sign_in_attempt')
    .where('at', '<', sql<Date>`now() - make_interval(secs => ${WINDOW_SECONDS})`)
    .execute();
}
