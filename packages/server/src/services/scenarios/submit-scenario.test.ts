import { expect, it } from 'vitest';
import { SandboxError } from '../../runner/sandbox/sandbox.ts';
import { submitScenario } from './submit-scenario.ts';
import { whyNotExecuted } from './why-not-executed.ts';

const shut = () => Promise.reject(new SandboxError('sandbox_missing', 'There is no bubblewrap.', 'Install it.'));
const open = async () => ({}) as never;
const others = (are: boolean) => ({ hasOther: async () => are, beat: async () => undefined });

it('what is refused is refused before anything is stored', async () => {
  const nothing = new Proxy({}, { get: () => expect.unreachable() }) as never;
  const refusal = await whyNotExecuted({ open: shut }, others(false));
  const order = { params: {}, refusal };
  await expect(submitScenario(nothing, nothing, nothing, nothing, nothing, order)).rejects.toMatchObject({
    code: 'conflict',
    diagnostics: [{ code: 'no_sandbox', message: 'There is no bubblewrap.' }],
  });
});

it.each([
  ['a server with a sandbox', { open }, false, undefined],
  ['a server without one', { open: shut }, false, 'no_sandbox'],
  ['a server without one, and a worker elsewhere', { open: shut }, true, undefined],
  ['a server that executes none', undefined, false, 'no_worker'],
  ['a server that executes none, and a worker elsewhere', undefined, true, undefined],
])('scenarios are executed by: %s', async (_, door, areOthers, code) => {
  expect((await whyNotExecuted(door, others(areOthers)))?.diagnostics[0]?.code).toBe(code);
});

it('what goes wrong otherwise is no refusal', async () => {
  const door = { open: () => Promise.reject(new Error('broken')) };
  await expect(whyNotExecuted(door, others(true))).rejects.toThrow('broken');
});
