import { randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { tries } from '../testing/tries.ts';
import { displayOfKey, hashApiKey, mayBeApiKey, newApiKey } from './api-key.ts';
import { newDatagenKey } from './datagen-key.ts';
import { ROLES } from './permissions.ts';

const LETTERS = [...'0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'];

describe('a new key', () => {
  it('has the form that scanners look for, and is another each time', () => {
    const keys = Array.from({ length: 100 }, () => newApiKey('owner'));
    for (const key of keys) expect(key).toMatch(/^dmk_owner_[0-9A-Za-z]{49}$/);
    expect(new Set(keys).size).toBe(100);
    expect(keys.every(mayBeApiKey)).toBe(true);
  });

  it('is refused with any one letter wrong', () => {
    const key = newApiKey('owner');
    for (let at = 'dmk_owner_'.length; at < key.length; at++) {
      for (const letter of LETTERS) {
        if (letter !== key[at]) expect(mayBeApiKey(key.slice(0, at) + letter + key.slice(at + 1))).toBe(false);
      }
    }
  });

  it('is refused with two neighbouring letters swapped, and as the key of another role', () => {
    const key = newApiKey('owner');
    for (let at = 'dmk_owner_'.length; at < key.length - 1; at++) {
      const swapped = `${key.slice(0, at)}${key[at + 1]}${key[at]}${key.slice(at + 2)}`;
      if (swapped !== key) expect(mayBeApiKey(swapped)).toBe(false);
    }
    expect(mayBeApiKey(key.replace('owner', 'admin'))).toBe(false);
  });
});

describe('a key with one slip in it', () => {
  const keys = [...ROLES.map(newApiKey), ...['free', 'pro', 'enterprise'].map(newDatagenKey)];

  it.each(keys.map((key) => [key.replace(/[^_-]+$/, '…'), key]))('is refused, wherever it is: %s', (_, key) => {
    expect(mayBeApiKey(key)).toBe(true);
    const passed: string[] = [];
    const check = (slip: string): void => {
      if (slip !== key && mayBeApiKey(slip)) passed.push(slip);
    };
    for (let at = 0; at <= key.length; at++) {
      const [before, after] = [key.slice(0, at), key.slice(at)];
      check(before + after.slice(1));
      for (const letter of [...LETTERS, '-', '_', ' ', '.', 'é']) {
        check(before + letter + after);
        check(before + letter + after.slice(1));
      }
    }
    expect(passed).toEqual([]);
  });
});

describe('texts of the same shape as keys', () => {
  it('are none, as far as chance goes', () => {
    const count = tries(100_000, 1_000_000);
    let passed = 0;
    for (let made = 0; made < count; made++) {
      let random = '';
      for (const byte of randomBytes(49)) random += LETTERS[byte % LETTERS.length];
      if (mayBeApiKey(`dmk_member_${random}`)) passed++;
    }
    // One in 2^32 has the right checksum.
    expect(passed).toBeLessThanOrEqual(1);
  });
});

describe('a key that is brought along', () => {
  it.each([
    ['x'.repeat(23), false],
    ['x'.repeat(24), true],
    ['x'.repeat(512), true],
    ['x'.repeat(513), false],
    ['correct horse battery staple', true],
    ['dmk_test_key_for_the_whole_team', true],
    ['dmk_0123456789012345678901234567', true],
    [`sk_live_${'0'.repeat(49)}`, true],
  ])('is one when it is long enough: %s', (key, expected) => {
    expect(mayBeApiKey(key)).toBe(expected);
  });
});

describe('what is kept of a key', () => {
  it('depends on every letter and on the pepper', () => {
    const hash = (key: string, pepper = 'p') => hashApiKey(key, pepper).toString('hex');
    fc.assert(fc.property(fc.string(), fc.string(), (a, b) => (hash(a) === hash(b)) === (a === b)));
    expect(hash('key', 'p')).not.toBe(hash('key', 'q'));
    expect(hash('key')).toHaveLength(64);
  });

  it('shows at most a third of it', () => {
    fc.assert(
      fc.property(fc.string({ minLength: 24 }), (key) => {
        const shown = displayOfKey(key);
        expect(key.startsWith(shown.slice(0, -1))).toBe(true);
        expect(shown.length - 1).toBeLessThanOrEqual(Math.min(12, key.length / 3));
      }),
    );
  });
});
