import { describe, expect, it } from 'vitest';
import { PLANS, parsePlans, planOf } from './plans.ts';

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
