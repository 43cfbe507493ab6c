import { setTimeout as pause } from 'node:timers/promises';

const FIRST_MS = 250;
const MOST_MS = 20_000;
/** A system that wants more than this is not waited for. */
const MOST_ASKED_MS = 120_000;

/**
 * How long to wait before the next attempt: twice as long each time, and a random part of it, so that many who were turned away do
 * not come back together; or what the system asks for (RFC 9110, 10.2.3).
 * @param attempt from 1
 * @returns undefined: it asks for too long
 */
export function waitBefore(attempt: number, retryAfter: string | undefined, random = Math.random): number | undefined {
  const asked = retryAfter === undefined ? undefined : askedFor(retryAfter);
  if (asked !== undefined) return asked > MOST_ASKED_MS ? undefined : asked;
  return Math.min(FIRST_MS * 2 ** (attempt - 1), MOST_MS) * (0.5 + random() / 2);
}

function askedFor(retryAfter: string): number | undefined {
  if (/^\s*\d{1,9}\s*$/.test(retryAfter)) return Number(retryAfter) * 1000;
  const date = Date.parse(retryAfter);
  return Number.isNaN(date) ? undefined : Math.max(date - Date.now(), 0);
}

/** @throws the signal's reason */
export const wait = async (ms: number, signal: AbortSignal | undefined): Promise<void> => {
  signal?.throwIfAborted();
  await pause(ms, undefined, signal === undefined ? {} : { signal }).catch((error: unknown) => {
    signal?.throwIfAborted();
    throw error;
  });
};
