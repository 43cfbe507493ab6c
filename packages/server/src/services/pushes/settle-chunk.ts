import { setTimeout as pause } from 'node:timers/promises';
import type { OpenChunk, PushPlan, PushState } from '../../store/push-receipt-table.ts';
import { countKeys, joinKeys, rowsOfKeys } from './kept-keys.ts';
import { noteWithin } from './note-within.ts';
import { PushDoubt } from './push-doubt.ts';
import { doubtful, withOutcome } from './push-progress.ts';
import type { PushRows } from './push-rows-of.ts';
import type { PushTarget } from './push-target.ts';

/** A COMMIT whose connection broke may still be on its way: it is looked for again after this. */
const LATE_MS = 2000;
const LOOKED = 1000;

/**
 * Finds out what became of rows that may have arrived, so that none is sent twice.
 * @returns the state in which those that arrived are counted, and the others are to be sent
 * @throws PushDoubt when nothing tells; ConnectionError
 */
export async function settleChunk(
  plan: PushPlan,
  rows: PushRows,
  state: PushState,
  target: PushTarget,
  signal: AbortSignal,
): Promise<PushState> {
  const { chunk } = state;
  if (chunk === null) return state;
  const count = doubtful(state);
  if (count === 0) return state;
  if (target.isWhole) return settleWhole(plan, rows, state, chunk, target, signal);
  const open = chunk.open ?? [];
  if (target.isRepeatable || target.knowsRequests) {
    const unsent = [...chunk.unsent, ...open].sort((a, b) => a - b);
    return { ...state, resent: state.resent + open.length, chunk: { ...chunk, unsent, open: [] } };
  }
  if (plan.identity?.by !== 'template' || !target.canLook) throw new PushDoubt(state.position, chunk.to, count);
  const chosen = rows.chosen(state.position, chunk.to, open);
  const present = await target.present(chosen, signal);
  const written = present.filter(Boolean).length;
  const absent = open.filter((_, i) => present[i] !== true);
  const unsent = [...chunk.unsent, ...absent].sort((a, b) => a - b);
  const arrived = chosen.filter((_, i) => present[i] === true);
  const counted = noteWithin(plan, withOutcome(state, { sent: written, written, skipped: 0, failures: [] }), arrived);
  return unsent.length === 0
    ? { ...counted, position: chunk.to, chunk: null }
    : { ...counted, chunk: { ...chunk, unsent, open: [] } };
}

/** Of a chunk that is kept as a whole or not at all. */
async function settleWhole(
  plan: PushPlan,
  rows: PushRows,
  state: PushState,
  chunk: OpenChunk,
  target: PushTarget,
  signal: AbortSignal,
): Promise<PushState> {
  const { position } = state;
  const count = chunk.to - position;
  const again = { ...state, chunk: null };
  const kept = (written: number): PushState => ({
    ...withOutcome(state, { sent: count, written, skipped: count - written, failures: [] }),
    position: chunk.to,
    chunk: null,
    keys: chunk.keys === null ? state.keys : joinKeys(state.keys, chunk.keys),
  });
  if (target.isRepeatable) return { ...again, resent: state.resent + count };
  if (plan.identity === null) throw new PushDoubt(position, chunk.to, count);
  if (plan.identity.by === 'template')
    return (await isThere(rows, position, chunk.to, target, signal)) ? kept(count) : again;
  const { keys } = chunk;
  const made = keys === null ? 0 : countKeys(keys);
  if (keys === null || made === 0) return again;
  for (let look = 0; look < 2; look++) {
    if (look > 0) await pause(LATE_MS, undefined, { signal });
    for (const some of rowsOfKeys(keys, plan.identity.columns, LOOKED)) {
      if ((await target.count(some, signal)) > 0) return kept(made);
    }
  }
  return again;
}

/** Whether all of the rows are there, by the keys that the template gives them. */
export async function isThere(
  rows: PushRows,
  from: number,
  to: number,
  target: PushTarget,
  signal: AbortSignal,
): Promise<boolean> {
  for (const some of rows.between(from, to)) {
    if ((await target.present(some, signal)).includes(false)) return false;
  }
  return true;
}
