import { describe, expect, it } from 'vitest';
import { MaskKeys } from './mask-keys.ts';
import { hashToken, mayBeToken, newToken, type TokenKind } from './token.ts';

describe('a key for masking', () => {
  const keys = new MaskKeys('secret');
  const of = (workspace: string, name: string) => Buffer.from(keys.of(workspace, name)).toString('hex');

  it('is the same each time, and another one for each workspace, name and server', () => {
    expect(of('ws_a', 'crm')).toBe(of('ws_a', 'crm'));
    expect(of('ws_a', 'crm')).toHaveLength(64);
    const others = [of('ws_b', 'crm'), of('ws_a', 'erp'), of('ws_a', ''), of('ws_a\0crm', ''), of('ws', '_a\0crm')];
    const elsewhere = Buffer.from(new MaskKeys('else').of('ws_a', 'crm')).toString('hex');
    expect(new Set([of('ws_a', 'crm'), ...others, elsewhere]).size).toBe(7);
  });
});

describe('a token', () => {
  const KINDS: readonly TokenKind[] = ['invite', 'session', 'run'];

  it('is of one kind, whole, and hashed as that', () => {
    for (const kind of KINDS) {
      const token = newToken(kind);
      expect(KINDS.filter((one) => mayBeToken(one, token))).toEqual([kind]);
      for (const wrong of [token.slice(0, -1), `${token}x`, ` ${token}`, `${token}\n`]) {
        expect(mayBeToken(kind, wrong)).toBe(false);
      }
      const hashes = KINDS.map((one) => hashToken(one, token, 'pepper').toString('hex'));
      expect(new Set([...hashes, hashToken(kind, token, 'other').toString('hex')]).size).toBe(4);
    }
  });
});
