import { expect, it } from 'vitest';
import { Failure } from './failure.ts';

const never = new Promise<never>(() => undefined);

it('rejects the wait of the moment and those to come, with the first reason', async () => {
  const failure = new Failure();
  expect(await failure.or(Promise.resolve(1))).toBe(1);
  await expect(failure.or(Promise.reject(new Error('own')))).rejects.toThrow('own');
  const waiting = failure.or(never);
  failure.fail(new Error('first'));
  failure.fail(new Error('second'));
  await expect(waiting).rejects.toThrow('first');
  await expect(failure.or(never)).rejects.toThrow('first');
});

it('is no unhandled rejection while nobody waits', async () => {
  const failure = new Failure();
  await failure.or(Promise.resolve());
  failure.fail(new Error('between'));
  await expect(failure.or(never)).rejects.toThrow('between');
});
