import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { newMasterKey, parseMasterKey, writeMasterKey } from './master-key.ts';

const drawn = () => newMasterKey().bytes;

describe('a master key', () => {
  it('is read in base64, base64url and hexadecimal digits alike, and named without being shown', () => {
    for (let round = 0; round < 200; round++) {
      const bytes = drawn();
      const texts = [
        bytes.toString('base64'),
        bytes.toString('base64').replace(/=+$/, ''),
        bytes.toString('base64url'),
        bytes.toString('hex'),
        bytes.toString('hex').toUpperCase(),
        ` ${bytes.toString('base64')}\n`,
      ];
      const keys = texts.map(parseMasterKey);
      for (const key of keys) expect(key.bytes.equals(bytes)).toBe(true);
      const ids = new Set(keys.map(({ id }) => id));
      expect(ids.size).toBe(1);
      const [id = ''] = ids;
      expect(id).toMatch(/^mk_[0-9a-f]{16}$/);
      expect(bytes.toString('hex')).not.toContain(id.slice(3));
    }
    const key = newMasterKey();
    expect(parseMasterKey(writeMasterKey(key))).toEqual(key);
  });

  it.each([
    ['nothing', ''],
    ['a word', 'hunter-2!'],
    ['16 bytes', drawn().subarray(16).toString('base64')],
    ['31 bytes', drawn().subarray(1).toString('hex')],
    ['33 bytes', Buffer.concat([drawn(), Buffer.from([200])]).toString('base64')],
    ['zeros', '0'.repeat(64)],
    ['few bytes again and again', Buffer.alloc(32, drawn().subarray(0, 15)).toString('base64')],
    ['a text', Buffer.from('correct horse battery staple 123').toString('base64')],
    ['digits of digits', Buffer.from(drawn().toString('hex').slice(0, 32)).toString('base64')],
    ['two', `${drawn().toString('base64')} ${drawn().toString('base64')}`],
  ])('is not %s', (_what, text) => {
    expect(() => parseMasterKey(text)).toThrow(/openssl rand -base64 32/);
  });

  it('is not shown by what says that it is none', () => {
    fc.assert(
      fc.property(fc.string({ minLength: 20 }), (text) => {
        try {
          parseMasterKey(text);
        } catch (error) {
          expect((error as Error).message).not.toContain(text.trim() || 'unused');
        }
      }),
    );
  });
});
