import { Pace } from '@datamaker/streams';
import { expect, it } from 'vitest';
import type { Arguments } from '../arguments/command.ts';
import { resumeCommand } from './resume-command.ts';
import type { StreamSettings } from './stream-settings.ts';

const ARGS = { positionals: ['a.json'], flags: new Map(), repeated: new Map() } as unknown as Arguments;

it.each([
  // Half a second of a second, and 300 rows of 10,000: a time of one second more would send fewer than are left.
  [{ seconds: 1, count: undefined, from: 0 }, 300, '--from 300 -n 9700'],
  [{ seconds: 1, count: undefined, from: 50 }, 300, '--from 300 -n 9750'],
  [{ seconds: 1, count: 500, from: 0 }, 300, '--from 300 -n 200'],
  [{ seconds: undefined, count: 500, from: 100 }, 300, '--from 300 -n 300'],
  [{ seconds: undefined, count: undefined, from: 0 }, 300, '--from 300'],
])('goes on with all rows that are left of %j', (some, next, words) => {
  const settings = { to: 'a.ndjson', pace: new Pace(1, 1e-4), ...some } as StreamSettings;
  const state = { acknowledged: next, next, ahead: 0, behind: 0, repeated: 0, doubtful: 0, losses: 0, seconds: 0.5 };
  expect(resumeCommand(ARGS, settings, state, 'demo')).toBe(
    `datamaker stream a.json --to a.ndjson --seed demo ${words}`,
  );
});
