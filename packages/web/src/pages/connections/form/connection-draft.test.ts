import { expect, it } from 'vitest';
import type { Connection } from '../../../api/types.ts';
import {
  bodyOf,
  changeOf,
  draftOf,
  emptyDraft,
  leadsElsewhere,
  needsSecret,
  readDatabaseUrl,
  urlOf,
} from './connection-draft.ts';
import { optionAt, withOption } from './option-paths.ts';

const SHOP: Connection = {
  id: 'conn_1',
  name: 'Shop',
  type: 'postgres',
  url: 'postgres://db.example.org:5432/my%20shop',
  auth: { type: 'basic', username: 'maker' },
  options: { tls: { mode: 'disable' }, schemas: ['public'] },
  readOnly: false,
  hasSecret: true,
  version: 1,
  verification: { status: 'unverified', problem: null, message: null, hint: null, server: null, at: null },
  metadata: null,
};

it('reads the address of a database that was pasted', () => {
  expect(readDatabaseUrl('postgres://ma%40ker:a:b%2F@db.example.org:5433/my%20shop?sslmode=require')).toEqual({
    host: 'db.example.org',
    port: '5433',
    database: 'my shop',
    parameters: '?sslmode=require',
    auth: { username: 'ma@ker', password: 'a:b/' },
  });
  // As people paste it who know nothing of percent signs.
  expect(readDatabaseUrl('postgres://bob:p@ss@db/x')).toMatchObject({
    host: 'db',
    database: 'x',
    auth: { username: 'bob', password: 'p@ss' },
  });
  expect(readDatabaseUrl('mysql://[::1]/shop')).toMatchObject({ host: '[::1]', port: '', auth: {} });
  for (const text of ['db.example.org', 'shop', '', 'postgres://a b:c:d/x#y'])
    expect(readDatabaseUrl(text)).toBeUndefined();
});

it('says the address of what it read', () => {
  for (const url of [SHOP.url, 'postgres://[::1]:5432/shop', 'postgres://h/%2F%3F%23']) {
    expect(urlOf(draftOf({ ...SHOP, url }))).toBe(url);
  }
  expect(urlOf({ ...emptyDraft('mysql'), host: '::1', database: 'shop' })).toBe('mysql://[::1]/shop');
  expect(urlOf({ ...emptyDraft('rest'), url: ' https://api.example.org/v1 ' })).toBe('https://api.example.org/v1');
});

it('leaves out what was not filled in', () => {
  const draft = { ...emptyDraft('rest'), name: ' Shop ', url: 'https://api.example.org' };
  expect(bodyOf(draft)).toEqual({
    type: 'rest',
    name: 'Shop',
    url: 'https://api.example.org',
    readOnly: false,
    auth: { type: 'none' },
  });
  const auth = { username: 'left from another kind', key: 'k' };
  expect(bodyOf({ ...draft, authKind: 'api_key', auth }).auth).toEqual({ type: 'api_key', in: 'header', key: 'k' });
});

it('keeps secrets by saying nothing of them, and sends what replaces them', () => {
  const draft = draftOf(SHOP);
  expect(changeOf({ ...draft, auth: { ...draft.auth, password: 'new' } }, SHOP)).toMatchObject({
    auth: { type: 'basic', username: 'maker', password: 'new' },
  });
  const byReference = { ...SHOP, auth: { ...SHOP.auth, secret_ref: 'sec_1' } };
  const named = draftOf(byReference);
  expect(changeOf(named, byReference)).not.toHaveProperty('auth');
  expect(changeOf({ ...named, auth: { ...named.auth, username: 'other' } }, byReference)).toMatchObject({
    auth: { username: 'other', secret_ref: 'sec_1' },
  });
  // Such as of an address that was pasted: what is chosen counts.
  expect(changeOf({ ...named, auth: { ...named.auth, password: 'new' } }, byReference)).not.toHaveProperty('auth');
  const { secret_ref: _, ...bare } = named.auth;
  const replaced = changeOf({ ...named, auth: { ...bare, password: 'new' } }, byReference).auth;
  expect(replaced).toEqual({ type: 'basic', username: 'maker', password: 'new' });
});

it('names a secret only where the sign-in takes one', () => {
  const draft = { ...emptyDraft('rest'), auth: { secret_ref: 'sec_1' } };
  expect(bodyOf({ ...draft, authKind: 'none' }).auth).toEqual({ type: 'none' });
  expect(bodyOf({ ...draft, authKind: 'bearer' }).auth).toEqual({ type: 'bearer', secret_ref: 'sec_1' });
});

it('sends only what was changed, so that nothing is taken back that somebody else has changed', () => {
  const draft = draftOf(SHOP);
  expect(changeOf(draft, SHOP)).toEqual({});
  expect(changeOf({ ...draft, name: 'Other' }, SHOP)).toEqual({ name: 'Other' });
  expect(changeOf({ ...draft, readOnly: true }, SHOP)).toEqual({ readOnly: true });
  expect(changeOf({ ...draft, port: '5433' }, SHOP)).toEqual({ url: 'postgres://db.example.org:5433/my%20shop' });
  const options = { schemas: ['public'], tls: { mode: 'disable' } };
  expect(changeOf({ ...draft, options }, SHOP)).toEqual({});
  expect(changeOf({ ...draft, options: {} }, SHOP)).toEqual({ options: {} });
});

it('asks for the secret again where another host or another user would go without it', () => {
  const draft = draftOf(SHOP);
  expect(needsSecret(draft, SHOP)).toBe(false);
  expect(needsSecret({ ...draft, name: 'Other', database: 'other' }, SHOP)).toBe(false);
  expect(needsSecret({ ...draft, host: 'other.example.org' }, SHOP)).toBe(true);
  const other = { ...draft, auth: { ...draft.auth, username: 'other' } };
  expect(needsSecret(other, SHOP)).toBe(true);
  // Where a secret is named there is nothing that could be typed again.
  const byReference = { ...SHOP, auth: { ...SHOP.auth, secret_ref: 'sec_1' } };
  expect(needsSecret({ ...other, auth: { ...other.auth, secret_ref: 'sec_1' } }, byReference)).toBe(false);
  expect(needsSecret({ ...draftOf(byReference), host: 'other.example.org' }, byReference)).toBe(false);
  expect(needsSecret(draftOf(SHOP), byReference)).toBe(true);
});

it.each([
  ['host', 'other.example.org', true],
  ['port', '5433', true],
  ['database', 'elsewhere', false],
  ['host', 'DB.example.org', false],
] as const)('tells whether another %s leads elsewhere', (part, value, isElsewhere) => {
  expect(leadsElsewhere({ ...draftOf(SHOP), [part]: value }, SHOP)).toBe(isElsewhere);
});

it('sets and takes out options at their places', () => {
  const options = withOption(withOption({ schemas: ['a'] }, 'tls.mode', 'require'), 'tls.ca', 'PEM');
  expect(options).toEqual({ schemas: ['a'], tls: { mode: 'require', ca: 'PEM' } });
  expect(optionAt(options, 'tls.ca')).toBe('PEM');
  expect(optionAt(options, 'schemas.x')).toBeUndefined();
  expect(withOption(withOption(options, 'tls.mode', undefined), 'tls.ca', undefined)).toEqual({ schemas: ['a'] });
});
