/**
 * Writes tables.h for limit.c: the engine's lists, keys and distribution as constants of C. A list becomes entries of one
 * stride, a multiple of 16 bytes with the length in the last, so that an entry is copied 16 bytes at a time.
 */
import { writeFileSync } from 'node:fs';
import { loadLocale } from '../../../../packages/engine/src/locales/load-locale.ts';
import { placesOf } from '../../../../packages/engine/src/locales/places.ts';
import { slug } from '../../../../packages/engine/src/locales/slug.ts';
import { splitPattern } from '../../../../packages/engine/src/locales/split-pattern.ts';
import { gaussian } from '../../../../packages/engine/src/random/distributions.ts';
import { fieldKey } from '../../../../packages/engine/src/random/field-key.ts';
import { quantileTable } from '../../../../packages/engine/src/random/quantile-table.ts';

const lines: string[] = ['#include <stdint.h>'];
const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text);
const cell = (text: string): string => (/[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);

function list(name: string, texts: readonly string[]): void {
  const entries = texts.map(bytesOf);
  const longest = Math.max(...entries.map((entry) => entry.length));
  const stride = Math.ceil((longest + 1) / 16) * 16;
  const table = new Uint8Array(stride * entries.length);
  entries.forEach((entry, i) => {
    table.set(entry, i * stride);
    table[(i + 1) * stride - 1] = entry.length;
  });
  lines.push(`#define N_${name} ${entries.length}u`, `#define S_${name} ${stride}u`, `#define L_${name} ${longest}`);
  lines.push(`static const uint8_t T_${name}[] __attribute__((aligned(64))) = {${table.join()}};`);
}

const numbers = (type: string, name: string, values: Iterable<number>): void => {
  lines.push(`static const ${type} ${name}[] __attribute__((aligned(64))) = {${[...values].join()}};`);
};

/** The heads of the places' patterns as a list, and a function that writes the tail of one. */
function patterns(name: string, all: readonly string[]): void {
  const parts = all.map(splitPattern);
  const tails = [...new Set(parts.map(({ tail }) => tail))];
  list(
    name,
    parts.map(({ head }) => head),
  );
  numbers(
    'uint8_t',
    `tail_of_${name}`,
    parts.map(({ tail }) => tails.indexOf(tail)),
  );
  const cases = tails.map((tail, i) => `    case ${i}: { ${tailCode(tail)} break; }`);
  lines.push(`#define TAIL_${name}(p, base, tail) do { uint64_t draw = 0; switch (tail) {`);
  lines[lines.length - 1] += ` \\\n${cases.join(' \\\n')} \\\n  } } while (0)`;
}

/** C that writes a tail: a draw for each run of wildcards. */
function tailCode(tail: string): string {
  const code = (tail.match(/N?#+|N|A|B|[^#NAB]+/g) ?? []).map((token) => {
    const letter = { A: 'ABCDEFGHIJKLMNOPQRSTUVWXYZ', B: 'ABDEFGHJLNPQRSTUWXYZ' }[token];
    if (letter !== undefined)
      return `*p++ = (uint8_t)"${letter}"[below32(word(base, draw++) >> 32, ${letter.length})];`;
    if (!/^N?#*$/.test(token)) return [...bytesOf(token)].map((byte) => `*p++ = ${byte};`).join(' ');
    const unit = 10 ** (token.length - 1);
    const [size, low] = token.startsWith('N') ? [8 * unit, 2 * unit] : [10 * unit, 0];
    return `p = digits(p, (uint32_t)below64(word(base, draw++), ${size}u) + ${low}u, ${token.length});`;
  });
  return code.join(' ');
}

const data = await loadLocale('en');
if (data === undefined) throw new Error('there is no locale en');
const firsts = [...new Set([...data.person.female, ...data.person.male])];
const places = placesOf(data);
const comma = (texts: readonly string[]): string[] => texts.map((text) => `${cell(text)},`);
list('first', comma(firsts));
list('last', comma(data.person.last));
list(
  'first_slug',
  firsts.map((name) => `${slug(name)}.`),
);
list(
  'last_slug',
  data.person.last.map((name) => slug(name)),
);
list(
  'domain',
  ['example.com', 'example.net', 'example.org'].map((domain) => `@${domain},`),
);
list('street', comma(data.street.names));
list('city', comma(places.map((place) => place.cityEn ?? place.city)));
list('country', comma(places.map((place) => place.country)));
patterns(
  'phone',
  places.map((place) => place.phone),
);
patterns(
  'postcode',
  places.map((place) => place.postcode),
);
list(
  'word',
  data.words.map((word) => `${word} `),
);
list(
  'word_first',
  data.words.map((word) => `${word.charAt(0).toUpperCase()}${word.slice(1)} `),
);
list(
  'word_last',
  data.words.map((word) => `${word}.\n`),
);
list('active', ['false,', 'true,']);
list('status', comma(['active', 'inactive', 'pending', 'banned']));

const four = Array.from({ length: 10_000 }, (_, i) => String(i).padStart(4, '0'));
numbers('uint8_t', 'DIGITS4', bytesOf(four.join('')));
numbers(
  'uint8_t',
  'DIGITS2',
  bytesOf(
    four
      .slice(0, 100)
      .map((text) => text.slice(2))
      .join(''),
  ),
);
const luhn = (digit: number, i: number): number => (i % 2 === 1 ? digit : digit > 4 ? 2 * digit - 9 : 2 * digit);
numbers(
  'uint8_t',
  'LUHN4',
  four.map((text) => [...text].reduce((sum, c, i) => sum + luhn(Number(c), i), 0)),
);
const cents = quantileTable(gaussian(100_000, 50_000), -200_000, 500_000);
numbers('double', 'QUANTILE_MAIN', cents.main);
numbers('double', 'QUANTILE_LOW', cents.low);
numbers('double', 'QUANTILE_HIGH', cents.high);
const FIELDS =
  'uuid email phone street_address postcode birth_date signup_at balance is_active status credit_card iban note';
for (const name of FIELDS.split(' ')) lines.push(`#define K_${name} ${fieldKey('bench', `/${name}`)}ull`);
for (const name of ['person', 'place']) lines.push(`#define K_${name} ${fieldKey('bench', `/\0${name}`)}ull`);
writeFileSync(process.argv[2] ?? 'tables.h', `${lines.join('\n')}\n`);
