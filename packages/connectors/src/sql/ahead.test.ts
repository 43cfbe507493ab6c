import { expect, it } from 'vitest';
import { Ahead } from './ahead.ts';

async function* counting(to: number, log: string[]): AsyncGenerator<number> {
  try {
    for (let i = 0; i < to; i++) {
      log.push(`get ${i}`);
      yield i;
    }
    throw new Error('the source ran dry');
  } finally {
    log.push('end');
  }
}
const settled = () => new Promise((resolve) => setImmediate(() => setImmediate(resolve)));

it('gets an item ready before its turn, and only when it is told to', async () => {
  const log: string[] = [];
  const ahead = new Ahead(counting(4, log), (item) => item * 2);
  for await (const { item, ready } of ahead) {
    log.push(`use ${ready()}`);
    if (item === 1) ahead.lookAhead();
    await settled();
    log.push(`done ${item}`);
    if (item === 2) break;
  }
  expect(log).toEqual(['get 0', 'use 0', 'done 0', 'get 1', 'use 2', 'get 2', 'done 1', 'use 4', 'done 2', 'end']);
});

it('tells what goes wrong at the turn of the item that it went wrong with', async () => {
  const log: string[] = [];
  const make = (item: number): number => {
    if (item === 1) throw new Error('it does not fit');
    return item;
  };
  const ahead = new Ahead(counting(2, log), make);
  const seen: unknown[] = [];
  const all = async (): Promise<void> => {
    for await (const { ready } of ahead) {
      ahead.lookAhead();
      await settled();
      try {
        seen.push(ready());
      } catch (error) {
        seen.push((error as Error).message);
      }
    }
  };
  await expect(all()).rejects.toThrow('the source ran dry');
  expect(seen).toEqual([0, 'it does not fit']);
});

it('does not wait for a source that is being asked when nobody wants more', async () => {
  const never = async function* (): AsyncGenerator<number> {
    yield 1;
    await new Promise(() => undefined);
  };
  const ahead = new Ahead(never(), (item) => item);
  for await (const _ of ahead) {
    ahead.lookAhead();
    await settled();
    break;
  }
});
