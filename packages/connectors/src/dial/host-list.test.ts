import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { entryOf, hasHost, hostEntry } from './host-list.ts';

describe('an entry of a list of hosts', () => {
  it.each([
    ['DB.Example.ORG', 'db.example.org'],
    ['db.example.org.', 'db.example.org'],
    [' db.example.org:05432 ', 'db.example.org:5432'],
    ['bücher.example', 'xn--bcher-kva.example'],
    ['BÜCHER.example:443', 'xn--bcher-kva.example:443'],
    ['xn--bcher-kva.example', 'xn--bcher-kva.example'],
    ['10.1.2.3', '10.1.2.3'],
    ['0x7f.1', '127.0.0.1'],
    ['127.0.0.1.', '127.0.0.1'],
    ['::1', '[::1]'],
    ['[0:0::0:1]:5432', '[::1]:5432'],
    ['2001:DB8::00ff', '[2001:db8::ff]'],
    ['[::ffff:10.0.0.1]:80', '10.0.0.1:80'],
    ['*.Example.org', '*.example.org'],
    ['*.example.org:443', '*.example.org:443'],
    ['my_db', 'my_db'],
  ])('%s is %s', (text, entry) => {
    expect(hostEntry(text)).toBe(entry);
    expect(hostEntry(entry)).toBe(entry);
  });

  it.each([
    '',
    '*',
    '*.',
    '*.org',
    '*.10.1.2.3',
    '*.[::1]',
    'a.*.org',
    'db*.example.org',
    'https://example.org',
    'example.org/path',
    'me@example.org',
    'example.org:0',
    'example.org:65536',
    'example.org:',
    'example.org:80:90',
    'exa mple.org',
    'example.org,other.org',
    'example.org\nother.org',
    'a\0b',
    '[::1',
    'fe80::1%eth0',
    '.',
    '%65xample.org',
    'a'.repeat(254),
  ])('%j is none', (text) => {
    expect(hostEntry(text)).toBeUndefined();
  });
});

describe('a list of hosts', () => {
  const at = (host: string, port: number | undefined = 443) => ({ host, port });

  it('has what is written in any spelling, and nothing that only looks like it', () => {
    const list = ['db.example.org:5432', 'any.example.org', '*.beneath.org', '[::1]:5432', '10.0.0.1'];
    for (const target of [
      at('DB.example.org.', 5432),
      at('any.example.org', 1),
      at('any.example.org', undefined),
      at('a.beneath.org'),
      at('a.b.beneath.org', 1),
      at('::1', 5432),
      at('[0:0::1]', 5432),
      at('::ffff:10.0.0.1'),
      at('0xa.1'),
    ]) {
      expect([target, hasHost(list, target)]).toEqual([target, true]);
    }
    for (const target of [
      at('db.example.org', 5433),
      at('db.example.org', undefined),
      at('evil-db.example.org', 5432),
      at('db.example.org.evil.org', 5432),
      at('example.org', 5432),
      at('x.any.example.org'),
      at('beneath.org'),
      at('evilbeneath.org'),
      at('a.beneath.org.evil'),
      at('::1', 1),
      at('::2', 5432),
      at('10.0.0.10'),
      at(''),
      at('any.example.org@evil.org'),
      at('evil.org#.beneath.org'),
    ]) {
      expect([target, hasHost(list, target)]).toEqual([target, false]);
    }
    expect(hasHost([], at('any.example.org'))).toBe(false);
  });

  it('has a target by its own entry, and by that of no other', () => {
    const label = fc.stringMatching(/^[a-z]([a-z0-9-]{0,8}[a-z0-9])?$/).filter((text) => !text.startsWith('xn--'));
    const host = fc.oneof(
      fc.array(label, { minLength: 1, maxLength: 3 }).map((all) => all.join('.')),
      fc.ipV4(),
      fc.ipV6(),
    );
    const target = fc.record({ host, port: fc.option(fc.integer({ min: 1, max: 65_535 }), { nil: undefined }) });
    fc.assert(
      fc.property(target, target, (one, other) => {
        const entry = entryOf(one) ?? '';
        expect(hasHost([entry], { ...one, host: one.host.toUpperCase() })).toBe(true);
        const isSame = entryOf({ ...other, port: one.port }) === entry && [other.port, undefined].includes(one.port);
        expect(hasHost([entry], other)).toBe(isSame);
      }),
    );
  });
});
