import { describe, expect, it } from 'vitest';
import { PLANS, parsePlans, planOf } from './plans.ts';
import { scenarioLimits } from './scenario-limits.ts';

const [MIB, GIB] = [1024 ** 2, 1024 ** 3];

describe('plans', () => {
  it('are as documented unless they are configured', () => {
    expect(planOf(PLANS, 'free')).toMatchObject({ requestsPerMinute: 60, rowsPerHour: 10_000 });
    expect(planOf(PLANS, 'pro')).toMatchObject({ requestsPerMinute: 600, rowsPerHour: 1_000_000 });
    expect(planOf(PLANS, 'self-hosted')).toMatchObject({ requestsPerMinute: null, rowsPerHour: null });
    const plans = parsePlans('{"enterprise":{"requestsPerMinute":6000},"team":{"rowsPerHour":5}}');
    expect(planOf(plans, 'enterprise')).toEqual({
      requestsPerMinute: 6000,
      rowsPerHour: null,
      previewsPerMinute: null,
      fileBytes: 50 * 1024 * 1024,
      storageBytes: null,
      files: null,
    });
    expect(planOf(plans, 'team').rowsPerHour).toBe(5);
    expect(planOf(plans, 'pro')).toBe(PLANS.pro);
  });

  it('give these figures', () => {
    const none = { requestsPerMinute: null, rowsPerHour: null, previewsPerMinute: null, fileBytes: 50 * MIB };
    expect(PLANS).toEqual({
      free: {
        ...{ requestsPerMinute: 60, rowsPerHour: 10_000, previewsPerMinute: 30 },
        ...{ fileBytes: 50 * MIB, storageBytes: 500 * MIB, files: 500, openRuns: 20, runBytes: GIB },
        ...{ scenarioMemoryBytes: 512 * MIB, logLines: 5000, logDays: 14 },
      },
      pro: {
        ...{ requestsPerMinute: 600, rowsPerHour: 1_000_000, previewsPerMinute: 300 },
        ...{ fileBytes: 50 * MIB, storageBytes: 10 * GIB, files: 10_000, openRuns: 200 },
        ...{ logLines: 100_000, logDays: 90 },
      },
      enterprise: { ...none, storageBytes: 1024 * GIB, files: 1_000_000, openRuns: 2000 },
      'self-hosted': { ...none, storageBytes: null, files: null },
    });
    expect(scenarioLimits(PLANS.free)).toEqual({
      seconds: 3600,
      memoryBytes: 512 * MIB,
      log: { lines: 5000, bytes: GIB, days: 14 },
    });
    expect(scenarioLimits(PLANS['self-hosted'])).toEqual({
      seconds: 3600,
      memoryBytes: GIB,
      log: { lines: null, bytes: GIB, days: null },
    });
    const all = { ...PLANS.pro, scenarioSeconds: 7, scenarioMemoryBytes: 8 };
    expect(scenarioLimits(all)).toEqual({ seconds: 7, memoryBytes: 8, log: { lines: 100_000, bytes: GIB, days: 90 } });
  });

  it.each(['', 'nobody', '__proto__', 'constructor'])('are the smallest for a name that is not known (%j)', (name) => {
    expect(planOf(PLANS, name)).toBe(PLANS.free);
  });

  it.each([
    ['{', 'it is not JSON'],
    ['[]', /expected record/],
    ['{"free":{"requests":1}}', /free: .*requests/],
    ['{"free":{"rowsPerHour":0}}', /free\.rowsPerHour: /],
    ['{"Free":{}}', /small letters/],
  ])('say what is wrong with %s', (text, message) => {
    expect(() => parsePlans(text)).toThrow(message);
  });
});
