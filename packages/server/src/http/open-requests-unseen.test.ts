import { EventEmitter } from 'node:events';
import fastify, { type FastifyReply, type FastifyRequest } from 'fastify';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { OpenRequests } from './open-requests.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

const SECOND = 1000;

/** An answer under way whose credential is asked for as `isGood` says. */
function answering(isGood: () => Promise<boolean>) {
  const raw = Object.assign(new EventEmitter(), { destroy: vi.fn() });
  const request = {} as FastifyRequest;
  const open = new OpenRequests(fastify());
  open.watch(request, { raw } as unknown as FastifyReply, isGood);
  return { raw, request };
}

it.each([
  ['fails', () => Promise.reject(new Error('the database is away'))],
  ['does not answer', () => new Promise<boolean>(() => undefined)],
])('an answer is cut off half a minute after the database %s, and no sooner', async (_, isGood) => {
  const { raw, request } = answering(isGood);
  await vi.advanceTimersByTimeAsync(29 * SECOND);
  expect(raw.destroy).not.toHaveBeenCalled();
  await vi.advanceTimersByTimeAsync(5 * SECOND);
  expect(raw.destroy).toHaveBeenCalled();
  expect(request.remarks).toMatchObject({ reason: expect.stringContaining('credential') });
});

it('an answer goes on when the database was away for less', async () => {
  let isAway = true;
  const { raw } = answering(() => (isAway ? Promise.reject(new Error('away')) : Promise.resolve(true)));
  await vi.advanceTimersByTimeAsync(25 * SECOND);
  isAway = false;
  await vi.advanceTimersByTimeAsync(25 * SECOND);
  isAway = true;
  await vi.advanceTimersByTimeAsync(25 * SECOND);
  expect(raw.destroy).not.toHaveBeenCalled();
});
