import { expect, it } from 'vitest';
import { addEvent, NOTHING, type Talk } from './talk.ts';

const talkOf = (...events: readonly (readonly [event: string, data: object])[]): Talk =>
  events.reduce(
    (talk, [event, data], index) => addEvent(talk, { event, data: JSON.stringify(data), id: String(index + 1) }),
    NOTHING,
  );
const MESSAGE = ['message', { text: 'Hello', by: 'usr_1', mode: 'agent' }] as const;
const USAGE = ['usage', { input_tokens: 1, output_tokens: 2, turn_tokens: 3, turn_cost: 0.5 }] as const;
const CALL = ['call', { id: 'call_1', tool: 'generate', arguments: { count: 1 }, risk: 'generate' }] as const;
const APPROVAL = [
  'approval',
  { id: 'apr_1', call: 'call_1', tool: 'generate', arguments: { count: 1 }, reason: 'why', expires_at: 'later' },
] as const;

it('puts pieces of an answer together, and drops those of a step that is begun again', () => {
  const { entries } = talkOf(
    MESSAGE,
    ['text', { text: 'first ' }],
    ['text', { text: 'step' }],
    USAGE,
    ['text', { text: 'void' }],
    ['again', { problem: 'it broke', wait_ms: 5 }],
    ['text', { text: 'second' }],
    ['text', { text: ' step' }],
    USAGE,
    ['done', { state: 'done' }],
  );
  expect(entries).toMatchObject([
    { kind: 'message', text: 'Hello' },
    { kind: 'text', text: 'first step' },
    { kind: 'again', problem: 'it broke' },
    { kind: 'text', text: 'second step' },
    { kind: 'end', state: 'done', tokens: 3, cost: 0.5 },
  ]);
});

it('has a call wait, go on and end', () => {
  const waiting = talkOf(MESSAGE, USAGE, CALL, APPROVAL);
  expect(waiting).toMatchObject({ isOpen: true, isWaiting: true });
  const over = talkOf(
    MESSAGE,
    USAGE,
    CALL,
    APPROVAL,
    ['decision', { id: 'apr_1', call: 'call_1', approved: true, by: 'usr_1' }],
    ['result', { id: 'call_1', tool: 'generate', ok: true, result: 1, untrusted: true, truncated: false }],
    ['done', { state: 'done' }],
  );
  expect(over).toMatchObject({ isOpen: false, isWaiting: false });
  expect(over.entries[1]).toMatchObject({ call: { approved: true, outcome: { ok: true } } });
  expect(over.entries[1]).not.toHaveProperty('call.isOver');
});

it('lets an approval lapse with its turn', () => {
  const { entries, isWaiting } = talkOf(MESSAGE, CALL, APPROVAL, ['done', { state: 'stopped' }]);
  expect(entries[1]).toMatchObject({ kind: 'call', call: { isOver: true } });
  expect(isWaiting).toBe(false);
});

it('shows a plan once, and keeps no more than the page can hold', () => {
  const plan = talkOf(MESSAGE, ['call', { id: 'call_1', tool: 'show_plan' }], ['plan', { steps: ['a', 'b'] }]);
  expect(plan.entries.map(({ kind }) => kind)).toEqual(['message', 'plan']);
  const long = talkOf(...Array.from({ length: 1200 }, () => MESSAGE));
  expect([long.entries.length, long.isCut]).toEqual([1000, true]);
});
