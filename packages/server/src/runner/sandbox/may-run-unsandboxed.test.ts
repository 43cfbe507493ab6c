import { expect, it } from 'vitest';
import { mayRunUnsandboxed } from './may-run-unsandboxed.ts';

it.each([
  [1, true, true],
  [0, true, true],
  [2, true, false],
  [1, false, false],
  [40, false, false],
])('%i workspaces, only on loopback %s: may run without a sandbox is %s', (workspaces, listensOnLoopbackOnly, may) => {
  expect(mayRunUnsandboxed({ workspaces, listensOnLoopbackOnly })).toBe(may);
});
