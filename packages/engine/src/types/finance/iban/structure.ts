import registry from '../data/iban-structures.json' with { type: 'json' };

const structures: Readonly<Record<string, string>> = registry.structures;

/** Countries of the SWIFT IBAN registry, ISO 3166-1 alpha-2 (and XK), in order. */
export const ibanCountries: readonly string[] = Object.keys(structures);

/** Characters of a bank's code at the front of an account number that are letters in use where the registry allows both. */
const BANK_CODE = 4;

/**
 * What stands at each place of a country's basic bank account number: `a` a letter, `n` a digit. Where the registry allows
 * both (`c`), a bank code in front is made of letters, all else of digits: every such number is one that banks can give.
 */
export function kindsOf(country: string): string {
  const runs = [...(structures[country] ?? '').matchAll(/(\d+)!([anc])/g)];
  return runs
    .map(([, length, kind], i) => {
      const size = Number(length);
      if (kind !== 'c') return (kind ?? 'n').repeat(size);
      return i > 0 || size > BANK_CODE ? 'n'.repeat(size) : 'a'.repeat(size);
    })
    .join('');
}

/** The digits that follow each place, once letters are written as two digits: the account number, the country, and 00. */
export function digitsBehind(kinds: string): readonly number[] {
  const behind: number[] = [];
  let count = 6;
  for (let i = kinds.length - 1; i >= 0; i--) {
    behind[i] = count;
    count += kinds[i] === 'a' ? 2 : 1;
  }
  return behind;
}

/** 10^k mod 97. */
export function power97(k: number): number {
  let value = 1;
  for (let i = 0; i < k; i++) value = (value * 10) % 97;
  return value;
}
