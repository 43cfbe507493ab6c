import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type ContractField, contractHash } from './contract.ts';

const FIELDS: readonly ContractField[] = [
  { name: 'customer_id', type: 'uuid', locale: 'en_AE' },
  {
    name: 'risk_tier',
    type: 'enum',
    locale: 'en_AE',
    constraints: { weights: [5, 3, 2], values: ['low', 'medium', 'high'] },
  },
  { name: 'größe', type: 'decimal', locale: 'de_DE', constraints: { min: 0.5, max: 1e21 }, blankPercentage: 12.5 },
];

const field = fc.record(
  {
    name: fc.string(),
    type: fc.constantFrom('uuid', 'email', 'enum'),
    locale: fc.constantFrom('en_US', 'de_DE'),
    constraints: fc.dictionary(fc.string(), fc.jsonValue()),
    blankPercentage: fc.double({ min: 0, max: 100, noNaN: true }),
  },
  { requiredKeys: ['name', 'type'] },
);

/** The same value, with the keys of each object in it the other way round. */
const reordered = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(reordered);
  if (value === null || typeof value !== 'object') return value;
  const entries = Object.entries(value).map(([key, inner]) => [key, reordered(inner)] as const);
  return Object.fromEntries(entries.toReversed());
};

describe('the hash of a contract', () => {
  it('is public: clients keep it', () => {
    expect(contractHash(FIELDS)).toBe('9e195b1ca12b00230c1b1a1ad617632f31ff6e93f3a180972548bf321889ba04');
    expect(contractHash([])).toBe('4f53cda18c2baa0c0354bb5f9a3ecbe5ed12ab4d8e11ba873c2f11161202b945');
  });

  it('does not depend on the order of fields or keys, nor on what is said about them', () => {
    fc.assert(
      fc.property(
        fc
          .uniqueArray(field, { selector: ({ name }) => name })
          .chain((fields) => fc.tuple(fc.constant(fields), fc.shuffledSubarray(fields, { minLength: fields.length }))),
        ([fields, shuffled]) => {
          const told = shuffled.map((one) => ({ description: 'x', ...(reordered(one) as ContractField) }));
          expect(contractHash(told)).toBe(contractHash(fields as ContractField[]));
        },
      ),
    );
  });

  it('tells apart what differs in name, type, locale, constraints or blanks', () => {
    const [first, second, third] = FIELDS as [ContractField, ContractField, ContractField];
    const variants = [
      FIELDS,
      [{ ...first, name: 'customer' }, second, third],
      [{ ...first, type: 'ulid' }, second, third],
      [{ ...first, locale: 'ar_AE' }, second, third],
      [first, { ...second, constraints: { ...second.constraints, values: ['low', 'high', 'medium'] } }, third],
      [first, second, { ...third, blankPercentage: 13 }],
      [first, second],
    ];
    expect(new Set(variants.map(contractHash)).size).toBe(variants.length);
  });

  it('is the same for nothing as for nothing said', () => {
    const bare = { name: 'a', type: 'uuid' };
    expect(contractHash([{ ...bare, constraints: {}, blankPercentage: 0 }])).toBe(contractHash([bare]));
  });
});
