import { describe, expect, it } from 'vitest';
import { readOidcSettings } from './oidc-settings.ts';

const GOOD = {
  DATAMAKER_OIDC_ISSUER: 'https://accounts.example.org',
  DATAMAKER_OIDC_CLIENT_ID: 'datamaker',
  DATAMAKER_OIDC_CLIENT_SECRET: 'secret',
  DATAMAKER_OIDC_DOMAINS: 'Example.org=admin, example.com',
};

describe('settings of OpenID Connect', () => {
  it('are none when nothing is set', () => {
    expect(readOidcSettings({})).toBeUndefined();
    expect(readOidcSettings({ DATAMAKER_OIDC_ISSUER: ' ' })).toBeUndefined();
  });

  it('give domains with roles, member unless told', () => {
    expect([...(readOidcSettings(GOOD)?.domains ?? [])]).toEqual([
      ['example.org', 'admin'],
      ['example.com', 'member'],
    ]);
  });

  it('give the workspaces of those who are new, by domain or for all others', () => {
    const workspaces = ' ws_0a1b , Example.com = ws_2c3d';
    expect([...(readOidcSettings({ ...GOOD, DATAMAKER_OIDC_WORKSPACES: workspaces })?.workspaces ?? [])]).toEqual([
      ['', 'ws_0a1b'],
      ['example.com', 'ws_2c3d'],
    ]);
    expect(readOidcSettings(GOOD)?.workspaces).toBeUndefined();
    expect(() => readOidcSettings({ DATAMAKER_OIDC_WORKSPACES: 'ws_0a1b' })).toThrow('DATAMAKER_OIDC_ISSUER');
  });

  it.each([
    ['DATAMAKER_OIDC_CLIENT_SECRET', ''],
    ['DATAMAKER_OIDC_ISSUER', 'http://accounts.example.org'],
    ['DATAMAKER_OIDC_ISSUER', 'accounts'],
    ['DATAMAKER_OIDC_DOMAINS', 'example.org=owner'],
    ['DATAMAKER_OIDC_DOMAINS', 'example.org=chief'],
    ['DATAMAKER_OIDC_DOMAINS', '*'],
    ['DATAMAKER_OIDC_DOMAINS', 'example.org,'],
    ['DATAMAKER_OIDC_WORKSPACES', 'Team B'],
    ['DATAMAKER_OIDC_WORKSPACES', 'ws_0a1b,'],
    ['DATAMAKER_OIDC_WORKSPACES', '=ws_0a1b'],
    ['DATAMAKER_OIDC_WORKSPACES', '*=ws_0a1b'],
    ['DATAMAKER_OIDC_WORKSPACES', 'example.org=ws_0a1b=x'],
    ['DATAMAKER_OIDC_WORKSPACES', 'example.org=ws_0a1b,example.ORG=ws_2c3d'],
    ['DATAMAKER_OIDC_WORKSPACES', 'ws_0a1b,ws_2c3d'],
    ['DATAMAKER_OIDC_WORKSPACES', 'elsewhere.org=ws_0a1b'],
  ])('that cannot be right are named: %s=%s', (name, value) => {
    expect(() => readOidcSettings({ ...GOOD, [name]: value })).toThrow(name);
  });
});
