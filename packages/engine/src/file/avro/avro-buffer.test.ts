import fc from 'fast-check';
import { expect, it } from 'vitest';
import { toMillisOfDay, toUuidBytes } from '../parse-values.ts';
import { toUnscaled } from '../to-unscaled.ts';
import { AvroBuffer } from './avro-buffer.ts';
import { avroName } from './avro-name.ts';

const written = (write: (out: AvroBuffer) => void): number[] => {
  const out = new AvroBuffer();
  write(out);
  return [...out.take()];
};

function readLong(bytes: readonly number[]): bigint {
  const zigzag = bytes.reduce((sum, byte, index) => sum | (BigInt(byte & 127) << BigInt(7 * index)), 0n);
  return zigzag & 1n ? -(zigzag + 1n) / 2n : zigzag / 2n;
}

it('writes longs in zigzag', () => {
  // The examples of the specification.
  expect([0, -1, 1, -2, 2, -64, 64].map((value) => written((out) => out.long(value)))).toEqual([
    [0],
    [1],
    [2],
    [3],
    [4],
    [0x7f],
    [0x80, 0x01],
  ]);
  const edges = fc.constantFrom(2 ** 30, -(2 ** 30), 2 ** 30 - 1, 2 ** 31, -(2 ** 31), 2 ** 53 - 1, -(2 ** 53 - 1));
  fc.assert(
    fc.property(fc.oneof(fc.maxSafeInteger(), fc.integer(), edges), (value) => {
      expect(readLong(written((out) => out.long(value)))).toBe(BigInt(value));
    }),
  );
});

it('writes unscaled decimals in as few bytes of two’s complement as hold them', () => {
  fc.assert(
    fc.property(fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n }), (value) => {
      const [size = 0, ...bytes] = written((out) => out.unscaled(value));
      expect(bytes).toHaveLength(size / 2);
      const read = BigInt.asIntN(
        bytes.length * 8,
        bytes.reduce((sum, byte) => sum * 256n + BigInt(byte), 0n),
      );
      expect(read).toBe(value);
    }),
  );
});

it('writes texts of any length', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 200 }), fc.nat({ max: 900 }), (text, times) => {
      const long = text.repeat(times);
      const bytes = written((out) => out.string(long));
      const start = bytes.findIndex((byte) => byte < 128) + 1;
      const content = Uint8Array.from(bytes.slice(start));
      expect(Number(readLong(bytes.slice(0, start)))).toBe(content.length);
      expect(new TextDecoder().decode(content)).toBe(long.toWellFormed());
    }),
    { numRuns: 50 },
  );
});

it('names anything so that names differ', () => {
  const text = fc.string({ unit: fc.constantFrom('_', 'x', '0', ' ', 'a', 'é', '2'), maxLength: 8 });
  fc.assert(
    fc.property(text, text, (a, b) => {
      expect(avroName(a)).toMatch(/^[A-Za-z_][A-Za-z0-9_]*$/);
      if (a !== '' && b !== '') expect(avroName(a) === avroName(b)).toBe(a === b);
    }),
  );
});

it('reads decimals, times and UUIDs exactly', () => {
  fc.assert(
    fc.property(fc.integer({ min: -(2 ** 51), max: 2 ** 51 }), fc.integer({ min: 1, max: 12 }), (unscaled, scale) => {
      const text = `${unscaled < 0 ? '-' : ''}${String(Math.abs(unscaled))
        .padStart(scale + 1, '0')
        .replace(new RegExp(`(\\d{${scale}})$`), '.$1')}`;
      expect(toUnscaled(Number(text), { precision: 16, scale })).toBe(BigInt(unscaled));
    }),
  );
  expect(toMillisOfDay('23:59:59.250')).toBe(86_399_250);
  fc.assert(
    fc.property(fc.uuid(), (uuid) => {
      expect(Buffer.from(toUuidBytes(uuid)).toString('hex')).toBe(uuid.replaceAll('-', ''));
      expect(toUuidBytes(uuid.toUpperCase())).toEqual(toUuidBytes(uuid));
    }),
  );
});
