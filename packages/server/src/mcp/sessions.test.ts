import { expect, it } from 'vitest';
import { EventTransport } from './event-transport.ts';
import type { McpCaller } from './mcp-caller.ts';
import { Sessions } from './sessions.ts';

const MINUTE = 60_000;
const callerOf = (id: string) => ({ id }) as McpCaller;

function open(): { readonly transport: EventTransport; readonly isOver: () => boolean } {
  let isOver = false;
  const end = (): void => {
    isOver = true;
  };
  const sink = { send: async () => undefined, end };
  return { transport: new EventTransport(sink, '/x'), isOver: () => isOver };
}

it('sessions end half an hour after their last use, unless something is under way in them', async () => {
  let now = 0;
  const sessions = new Sessions<EventTransport>(() => now);
  const [idle, used, busy] = [open(), open(), open()];
  sessions.keep('idle', idle.transport, callerOf('a'));
  sessions.keep('used', used.transport, callerOf('a'));
  sessions.keep('busy', busy.transport, callerOf('a')).underWay.add(1);
  now = 29 * MINUTE;
  sessions.find('used', callerOf('a'));
  now = 31 * MINUTE;
  await sessions.sweep();
  expect([idle, used, busy].map(({ isOver }) => isOver())).toEqual([true, false, false]);
  expect(sessions.find('idle', callerOf('a'))).toBe(undefined);
  await sessions.close();
  expect(used.isOver()).toBe(true);
});

it('sessions are of the key that began them, under ids of 256 random bits', () => {
  const sessions = new Sessions<EventTransport>();
  const id = Sessions.newId();
  sessions.keep(id, open().transport, callerOf('a'));
  expect(sessions.find(id, callerOf('b'))).toBe(undefined);
  expect(sessions.find(id, callerOf('a'))?.id).toBe(id);
  expect(Buffer.from(id, 'base64url')).toHaveLength(32);
});

it('a key with too many sessions loses the one that it used longest ago', () => {
  let now = 0;
  const sessions = new Sessions<EventTransport>(() => now++);
  const first = open();
  sessions.keep('first', first.transport, callerOf('a'));
  for (let i = 0; i < 300; i++) sessions.keep(`s${i}`, open().transport, callerOf('a'));
  expect(first.isOver()).toBe(true);
  expect(sessions.size).toBe(300);
});
