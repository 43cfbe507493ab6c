import { describe, expect, it } from 'vitest';
import { readSettings } from './read-settings.ts';

describe('settings of the environment', () => {
  it('are none unless they are given', () => {
    expect(readSettings({ DATAMAKER_PLANS: ' ' })).toEqual({});
  });

  it('say who may call from pages and read metrics, and where spans go', () => {
    expect(
      readSettings({
        DATAMAKER_CORS_ORIGINS: 'https://a.example, http://localhost:5173',
        DATAMAKER_METRICS_TOKEN: 'a token of 24 characters',
        OTEL_EXPORTER_OTLP_ENDPOINT: 'http://localhost:4318/',
        OTEL_EXPORTER_OTLP_HEADERS: 'x-key=a%20b,other=c',
      }),
    ).toEqual({
      corsOrigins: ['https://a.example', 'http://localhost:5173'],
      metricsToken: 'a token of 24 characters',
      traces: {
        url: 'http://localhost:4318/v1/traces',
        headers: { 'x-key': 'a b', other: 'c' },
        serviceName: 'datamaker',
      },
    });
  });

  it.each([
    [
      { DATAMAKER_CORS_ORIGINS: 'https://a.example/path' },
      'DATAMAKER_CORS_ORIGINS cannot be used: "https://a.example/path"',
    ],
    [{ DATAMAKER_METRICS_TOKEN: 'short' }, 'DATAMAKER_METRICS_TOKEN cannot be used: it has 5 characters'],
    [{ OTEL_EXPORTER_OTLP_ENDPOINT: 'localhost' }, 'OTEL_EXPORTER_OTLP_ENDPOINT cannot be used'],
  ])('refuse what cannot be meant (%#)', (environment, message) => {
    expect(() => readSettings(environment)).toThrow(message);
  });

  it('name the variable that is wrong', () => {
    expect(readSettings({ DATAMAKER_PLANS: '{"free":{}}' }).plans?.['free']?.rowsPerHour).toBeNull();
    expect(readSettings({ DATAMAKER_PLAN_CHANGES: 'operator' })).toEqual({ planChanges: 'operator' });
    expect(() => readSettings({ DATAMAKER_PLAN_CHANGES: 'nobody' })).toThrow('DATAMAKER_PLAN_CHANGES cannot be used');
    expect(() => readSettings({ DATAMAKER_PLANS: '{' })).toThrow('DATAMAKER_PLANS cannot be used: it is not JSON');
  });
});
