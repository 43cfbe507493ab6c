/**
 * DuckDB: one COPY of a SELECT, the lists in variables. Every `random()` stands in a non-constant place, since DuckDB may
 * evaluate a call that depends on no row only once; check-work.ts sees to it that values vary.
 */
import { statSync } from 'node:fs';
import { DuckDBInstance } from '@duckdb/node-api';
import { faker } from '@faker-js/faker/locale/en';
import { contenderArguments, measured } from './measured.ts';

const { path, rows, threads } = contenderArguments();
const { person, location, lorem } = faker.rawDefinitions as unknown as Record<string, Record<string, unknown>>;
const names = (list: unknown): string[] => (list as { generic: string[] }).generic;
const LISTS: Readonly<Record<string, readonly string[]>> = {
  first: names(person?.['first_name']),
  last: names(person?.['last_name']),
  city: location?.['city_name'] as string[],
  suffix: location?.['street_suffix'] as string[],
  country: ['US', 'DE', 'GB', 'FR', 'IT', 'ES', 'NL', 'SE', 'PL', 'PT'],
  word: lorem?.['word'] as string[],
  domain: ['example.com', 'example.net', 'example.org'],
};

const int = (below: number | string): string => `floor(random() * ${below})::INTEGER`;
const pick = (list: string): string => `getvariable('${list}')[1 + ${int(LISTS[list]?.length ?? 0)}]`;
const padded = (value: string, width: number): string => `lpad((${value})::VARCHAR, ${width}, '0')`;

/** The digit that makes the Luhn sum of the 15 digits of `card` a multiple of ten. */
function luhnDigit(): string {
  const terms = Array.from({ length: 15 }, (_, i) => {
    const digit = `(card // ${10n ** BigInt(i)} % 10)`;
    return i % 2 === 0 ? `(${digit} * 2 - CASE WHEN ${digit} > 4 THEN 9 ELSE 0 END)` : digit;
  });
  return `((10 - (${terms.join(' + ')}) % 10) % 10)`;
}

/** 98 - (account followed by 131400) mod 97, the account being two numbers of nine digits. */
function ibanCheck(): string {
  const power = (exponent: bigint): bigint => 10n ** exponent % 97n;
  return `98 - (high % 97 * ${power(15n)} + low % 97 * ${power(6n)} + ${131400 % 97}) % 97`;
}

const note = Array.from({ length: 8 }, () => pick('word')).join(" || ' ' || ");
const select = `
  SELECT id, uuid, first_name, last_name,
    lower(first_name) || '.' || lower(last_name) || ${padded(int(100), 2)} || '@' || ${pick('domain')} AS email,
    '(' || (200 + ${int(800)}) || ') ' || (200 + ${int(800)}) || '-' || ${padded(int(10_000), 4)} AS phone,
    (1 + ${int(9999)}) || ' ' || ${pick('last')} || ' ' || ${pick('suffix')} AS street_address,
    ${pick('city')} AS city, ${pick('country')} AS country_code, (10000 + ${int(90_000)})::VARCHAR AS postcode,
    DATE '1940-01-01' + ${int(24_107)} AS birth_date,
    strftime(epoch_ms((1420070400000 + floor(random() * 315619199001))::BIGINT), '%Y-%m-%dT%H:%M:%S.%gZ') AS signup_at,
    greatest(-2000, least(5000, 1000 + 500 * sqrt(-2 * ln(1 - random())) * cos(6.283185307179586 * random())))::DECIMAL(12, 2)
      AS balance,
    random() < 0.8 AS is_active,
    CASE WHEN share < 0.7 THEN 'active' WHEN share < 0.85 THEN 'inactive' WHEN share < 0.95 THEN 'pending' ELSE 'banned' END
      AS status,
    card || ${luhnDigit()}::VARCHAR AS credit_card,
    'DE' || ${padded(ibanCheck(), 2)} || ${padded('high', 9)} || ${padded('low', 9)} AS iban,
    upper(words[1]) || words[2:] || '.' AS note
  FROM (
    SELECT i + 1 AS id, uuid() AS uuid, ${pick('first')} AS first_name, ${pick('last')} AS last_name, random() AS share,
      (400000000000000 + floor(random() * 100000000000000))::BIGINT AS card,
      floor(random() * 1000000000)::BIGINT AS high, floor(random() * 1000000000)::BIGINT AS low, ${note} AS words
    FROM range(${rows}) t(i))`;

const database = await (await DuckDBInstance.create(':memory:')).connect();
await database.run(`SET threads = ${threads}`);
await database.run('SET preserve_insertion_order = false');
await database.run('SELECT setseed(0.42)');
for (const [name, list] of Object.entries(LISTS)) {
  const items = list.map((item) => `'${item.replaceAll("'", "''")}'`);
  await database.run(`SET VARIABLE ${name} = [${items.join(', ')}]`);
}
await measured(rows, async () => {
  await database.run(`COPY (${select}) TO '${path}' (FORMAT csv, HEADER true, USE_TMP_FILE false)`);
  return statSync(path).size;
});
