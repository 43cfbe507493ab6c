import { isIP } from 'node:net';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { MaskKey } from './mask-key.ts';
import { preserveAddress } from './preserve-address.ts';

const key = new MaskKey(new TextEncoder().encode('0123456789abcdef'));

it('gives addresses of the same version as the URL standard writes them, no two alike', () => {
  for (const [version, addresses] of [
    [4, fc.ipV4()],
    [6, fc.ipV6()],
  ] as const) {
    fc.assert(
      fc.property(
        fc.uniqueArray(addresses, {
          maxLength: 20,
          selector: (text) => new URL(`http://${version === 6 ? `[${text}]` : text}`).hostname,
        }),
        (given) => {
          const images = given.map((text) => preserveAddress(key, text) ?? '');
          expect(new Set(images).size).toBe(given.length);
          for (const image of images) {
            expect(isIP(image)).toBe(version);
            if (version === 6) expect(new URL(`http://[${image}]`).hostname).toBe(`[${image}]`);
          }
        },
      ),
    );
  }
});

it('takes ways of writing an address for the same, and keeps what is behind the slash', () => {
  expect(preserveAddress(key, '2001:db8::1')).toBe(preserveAddress(key, '2001:0DB8:0:0:0:0:0.0.0.1'));
  expect(preserveAddress(key, '10.1.2.3/8')).toBe(`${preserveAddress(key, '10.1.2.3')}/8`);
});

it.each(['', '1.2.3', '256.1.1.1', 'x::1', '1::2::3', '1:2:3:4:5:6:7', '12345::', ':::', '1:2:3:4:5:6:7:8:9'])(
  'takes %j for no address',
  (text) => expect(preserveAddress(key, text)).toBeUndefined(),
);
