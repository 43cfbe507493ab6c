import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { hashPassword, isPassword } from './password.ts';

describe('passwords', () => {
  it('are kept as Argon2id with the settings of OWASP, each with a salt of its own', async () => {
    const [one, two] = await Promise.all([
      hashPassword('correct horse battery'),
      hashPassword('correct horse battery'),
    ]);
    expect(one).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$[\w+/]{22}\$[\w+/]{43}$/);
    expect(two).not.toBe(one);
    expect(one).not.toContain('correct');
  });

  it('are known again, and no others for them', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.string({ unit: 'binary', minLength: 1 }),
        fc.string({ unit: 'binary' }),
        async (given, other) => {
          const kept = await hashPassword(given);
          expect(await isPassword(given, kept)).toBe(true);
          expect(await isPassword(other, kept)).toBe(other.normalize('NFC') === given.normalize('NFC'));
        },
      ),
      { numRuns: 8 },
    );
  });

  it('that others kept with other settings are known', async () => {
    // Of the tests of the reference implementation (phc-winner-argon2, src/test.c).
    const kept = '$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc';
    expect(await isPassword('password', kept)).toBe(true);
    expect(await isPassword('Password', kept)).toBe(false);
  });

  it('are nobody’s when nothing was kept, or nothing that can be read', async () => {
    for (const kept of [null, undefined, '', 'x', '$argon2i$v=19$m=1,t=1,p=1$AAAA$AAAA']) {
      expect(await isPassword('', kept)).toBe(false);
      expect(await isPassword('\0'.repeat(32), kept)).toBe(false);
    }
  });

  it('are the same however a letter is composed', async () => {
    expect(await isPassword('Zoe\u0308 Zoe\u0308 Zoe\u0308', await hashPassword('Zo\u00eb Zo\u00eb Zo\u00eb'))).toBe(
      true,
    );
  });
});
