import { expect, it } from 'vitest';
import { Places } from './places.ts';

const never = new AbortController().signal;
const LONG = 60_000;

it('a workspace takes no more than its places, and others have theirs', async () => {
  const places = new Places(3, 2, LONG, 'all are taken');
  const leave = await places.enter('a', never);
  await places.enter('a', never);
  let third = false;
  const waiting = places.enter('a', never).then((free) => {
    third = true;
    return free;
  });
  const other = await places.enter('b', never);
  expect(third).toBe(false);
  leave();
  leave();
  await waiting;
  // All three are taken now: one that was given back twice is one place.
  let late = false;
  const last = places.enter('b', never).then(() => {
    late = true;
  });
  await Promise.resolve();
  expect(late).toBe(false);
  other();
  await last;
});

it('whoever goes away waits no longer, and takes no place', async () => {
  const places = new Places(1, 1, LONG, 'all are taken');
  const leave = await places.enter('a', never);
  const gone = new AbortController();
  const waiting = places.enter('b', gone.signal);
  gone.abort(new Error('the client went away'));
  await expect(waiting).rejects.toThrow('went away');
  leave();
  await places.enter('c', never);
});

it('nobody waits for ever', async () => {
  const places = new Places(1, 1, 1, 'all are taken');
  await places.enter('a', never);
  await expect(places.enter('b', never)).rejects.toMatchObject({
    code: 'rate_limited',
    headers: { 'retry-after': '30' },
  });
});
