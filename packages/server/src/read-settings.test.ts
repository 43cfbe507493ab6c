import { describe, expect, it } from 'vitest';
import { readSettings } from './read-settings.ts';

describe('settings of the environment', () => {
  it('are none unless they are given', () => {
    expect(readSettings({ DATAMAKER_PLANS: ' ' })).toEqual({});
  });

  it('name the variable that is wrong', () => {
    expect(readSettings({ DATAMAKER_PLANS: '{"free":{}}' }).plans?.['free']?.rowsPerHour).toBeNull();
    expect(() => readSettings({ DATAMAKER_PLANS: '{' })).toThrow('DATAMAKER_PLANS cannot be used: it is not JSON');
  });
});
