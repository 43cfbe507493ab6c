import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { newToken } from '../security/token.ts';
import { redactKey } from './describe-request.ts';

/** A text in which some letters are written with percent signs. */
const spelled = (text: string) =>
  fc
    .array(fc.boolean(), { minLength: text.length, maxLength: text.length })
    .map((chosen) =>
      [...text]
        .map((sign, index) => (chosen[index] && sign !== '/' ? `%${sign.charCodeAt(0).toString(16)}` : sign))
        .join(''),
    );

describe('the URL of a request in the log', () => {
  it('has no token of an invite, however it is written', () => {
    fc.assert(
      fc.property(
        fc
          .constant(0)
          .map(() => newToken('invite'))
          .chain((token) => fc.tuple(fc.constant(token), spelled(`/invites/${token}/accept`))),
        ([token, url]) => {
          const shown = redactKey(url);
          expect(shown).not.toContain(token.slice(10));
          expect(decodeURIComponent(shown)).not.toContain(token.slice(10));
        },
      ),
    );
  });

  it('has nothing of a token that is none of ours', () => {
    expect(redactKey('/invites/secret-word/accept?x=1')).toBe('/invites/[Redacted]/accept?x=1');
  });

  it('is the one that was sent, otherwise', () => {
    for (const url of ['/templates?limit=5', '/templates/tmpl_x@v2', '/%ZZ', '/invites', '/'])
      expect(redactKey(url)).toBe(url);
  });
});
