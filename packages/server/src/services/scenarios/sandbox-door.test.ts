import { afterEach, expect, it, vi } from 'vitest';
import { type SandboxDriver, SandboxError } from '../../runner/sandbox/sandbox.ts';
import { SandboxDoor } from './sandbox-door.ts';

afterEach(() => vi.useRealTimers());

const driver = (name: 'bwrap' | 'none') => ({ name }) as SandboxDriver;

it('a sandbox that holds is made once, also for those who ask at the same time', async () => {
  const make = vi.fn(async () => driver('bwrap'));
  const door = new SandboxDoor(make);
  await Promise.all([door.open(), door.open()]);
  await door.open();
  expect(make).toHaveBeenCalledTimes(1);
});

it('plain processes have to be allowed each time', async () => {
  const make = vi.fn(async () => driver('none'));
  const door = new SandboxDoor(make);
  await door.open();
  await door.open();
  expect(make).toHaveBeenCalledTimes(2);
});

it('one that failed is tried again after a minute, not before', async () => {
  vi.useFakeTimers();
  const make = vi.fn(async () => driver('bwrap'));
  make.mockRejectedValueOnce(new SandboxError('sandbox_missing', 'There is no bubblewrap.', 'Install it.'));
  const door = new SandboxDoor(make);
  await expect(door.open()).rejects.toThrow('There is no bubblewrap.');
  vi.advanceTimersByTime(59_000);
  await expect(door.open()).rejects.toThrow('There is no bubblewrap.');
  expect(make).toHaveBeenCalledTimes(1);
  vi.advanceTimersByTime(2000);
  await expect(door.open()).resolves.toMatchObject({ name: 'bwrap' });
});

it('plain processes are refused where there are more workspaces than one, or others reach the server', async () => {
  const exposures = [
    { workspaces: 2, listensOnLoopbackOnly: true },
    { workspaces: 1, listensOnLoopbackOnly: false },
  ];
  for (const exposure of exposures) {
    const door = SandboxDoor.of({ choice: { driver: 'none' }, hidden: [], exposure: async () => exposure });
    await expect(door.open()).rejects.toMatchObject({ code: 'sandbox_not_allowed' });
  }
});
