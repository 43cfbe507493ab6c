import { describe, expect, it } from 'vitest';
import { checkTimes, nextTimes } from './schedule-times.ts';

const times = (cron: string, zone: string, after: string, count = 3) =>
  nextTimes(cron, zone, new Date(after), count).map((at) => at.toISOString());

describe('times of a schedule', () => {
  it('are those of a clock in its time zone', () => {
    expect(times('0 6 * * 1-5', 'Europe/Berlin', '2026-03-27T04:00:00Z')).toEqual([
      '2026-03-27T05:00:00.000Z',
      // Clocks went forward on Sunday.
      '2026-03-30T04:00:00.000Z',
      '2026-03-31T04:00:00.000Z',
    ]);
    expect(times('@daily', 'America/New_York', '2026-01-01T00:00:00Z', 1)).toEqual(['2026-01-01T05:00:00.000Z']);
  });

  it('are made up for when clocks leave them out, and are one when clocks have them twice', () => {
    expect(times('30 2 * * *', 'Europe/Berlin', '2026-03-28T12:00:00Z', 2)).toEqual([
      '2026-03-29T01:30:00.000Z',
      '2026-03-30T00:30:00.000Z',
    ]);
    expect(times('30 2 * * *', 'Europe/Berlin', '2026-10-24T12:00:00Z', 2)).toEqual([
      '2026-10-25T00:30:00.000Z',
      '2026-10-26T01:30:00.000Z',
    ]);
  });

  it.each([
    ['* * * * * *', 'UTC', 'invalid_cron'],
    ['@secondly', 'UTC', 'invalid_cron'],
    ['61 * * * *', 'UTC', 'invalid_cron'],
    ['0 0 31 2 *', 'UTC', 'invalid_cron'],
    ['', 'UTC', 'invalid_cron'],
    ['0 6 * * *', 'Mars/Olympus', 'unknown_time_zone'],
  ])('are refused when they are none: %j in %s', (cron, zone, code) => {
    expect(() => checkTimes(cron, zone)).toThrow(
      expect.objectContaining({ diagnostics: [expect.objectContaining({ code })] }),
    );
  });
});
