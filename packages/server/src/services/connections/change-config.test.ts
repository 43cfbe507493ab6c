import { loadConnector } from '@datamaker/connectors';
import { describe, expect, it } from 'vitest';
import { type ConnectionChange, mergeChange } from './change-config.ts';

const { parse } = await loadConnector('rest');
const given = parse({
  url: 'https://host/api',
  auth: { type: 'bearer', token: 't0ken' },
  options: { headers: { 'X-Api-Key': 'k3y', 'X-Mine': '1' }, retries: 1 },
});

/** What is kept of a connection after a change. */
function changed(change: ConnectionChange, from = given) {
  const merged = mergeChange({ config: from.config, secret_ref: null }, from.secrets, change);
  const next = parse(merged.input);
  merged.check(next.config);
  return next;
}

describe('a change of a connection', () => {
  it('keeps tokens and secret headers with other options', () => {
    const { headers: _headers, ...options } = given.config.options;
    const next = changed({ options: { ...options, retries: 2 } });
    expect(next.secrets).toEqual(given.secrets);
    expect(next.config.options).toMatchObject({ retries: 2, headers: {}, secretHeaders: ['x-api-key'] });
    expect(JSON.stringify(next.config)).not.toContain('k3y');
    expect(changed({ url: 'https://host/other' }).secrets).toEqual(given.secrets);
  });

  it('keeps secret headers with another way to sign in', () => {
    const next = changed({ auth: { type: 'basic', username: 'u', password: 'p' } });
    expect(next.secrets).toEqual({ password: 'p', 'header.x-api-key': 'k3y' });
  });

  it('takes new secret headers, and leaves out those that are named no more', () => {
    const headers = { 'x-api-key': 'n3w' };
    expect(changed({ options: { headers } }).secrets).toEqual({ token: 't0ken', 'header.x-api-key': 'n3w' });
    expect(changed({ options: {} }).secrets).toEqual({ token: 't0ken' });
  });

  it('sends nothing that is kept to another host', () => {
    expect(() => changed({ url: 'https://other/api' })).toThrow(/address is another/);
    const signedIn = { url: 'https://other/api', auth: { type: 'bearer', token: 'n3w' } };
    expect(changed(signedIn).secrets).toEqual({ token: 'n3w' });
    const none = parse({ url: 'https://host', options: { headers: { 'X-Api-Key': 'k3y' } } });
    expect(() => changed({ url: 'https://other' }, none)).toThrow(/address is another/);
    expect(changed({ options: none.config.options }, none).secrets).toEqual(none.secrets);
  });
});
