import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { exampleFormats } from '../format/testing/example-formats.ts';
import { generateFile } from '../rows/generate-file.ts';
import { generateRows } from '../rows/generate-rows.ts';
import { allTypes, findType } from '../types/registry.ts';
import { planOf, type TestField } from '../types/testing/compiled.ts';

/** Variants worth pinning beside each type's defaults. */
const VARIANTS: readonly TestField[] = [
  { name: 'gaussian', type: 'number', options: { mean: 50, stddev: 10, min: 0, max: 100 } },
  { name: 'pareto', type: 'currency', options: { alpha: 1.2, min: 1, max: 5000 } },
  { name: 'lognormal', type: 'float', options: { distribution: 'lognormal', mean: 10, stddev: 4, max: 1000 } },
  { name: 'zipf', type: 'number', options: { distribution: 'zipf', min: 1, max: 500 } },
  {
    name: 'recent',
    type: 'datetime',
    options: { min: '2024-01-01', max: '2024-12-31T23:59:59Z', halflife_days: 20, precision: 'seconds' },
  },
  { name: 'unique email', type: 'email', options: { unique: true } },
  { name: 'unique number', type: 'number', options: { min: 1, max: 1_000_000, unique: true } },
  { name: 'sparse', type: 'city', options: { null_percentage: 30 } },
  { name: 'padded', type: 'sequence', options: { prefix: 'INV-', width: 5, start: 99_995 } },
  { name: 'alternatives', type: 'regex', options: { pattern: '(AB|C[0-9]{2,4}|)x?' } },
  { name: 'long words', type: 'words', options: { count: { min: 2, max: 30 } } },
  { name: 'geojson', type: 'coordinates', options: { format: 'geojson', decimals: 3 } },
  { name: 'unique latitude', type: 'latitude', options: { unique: true } },
  { name: 'coarse longitude', type: 'longitude', options: { decimals: 1 } },
  { name: 'whole address', type: 'street_address', options: { use_full_address: true } },
  { name: 'postcode by pattern', type: 'postcode', options: { format: '?#-##' } },
  ...['en_US', 'de_DE', 'pt_BR'].map((locale) => ({
    name: `full_address ${locale}`,
    type: 'full_address',
    options: { locale },
  })),
  ...['en_US', 'en_GB', 'de_DE', 'fr_FR', 'pl_PL'].flatMap((locale) =>
    ['full_name', 'email', 'street_address', 'city', 'postcode', 'phone', 'company'].map((type) => ({
      name: `${type} ${locale}`,
      type,
      options: { locale },
    })),
  ),
];

const SEED = 'golden';
const ROWS = 8;
/** Row numbers beyond 32 bits. */
const FAR = 2 ** 33;

/**
 * What the engine gives for a fixed seed: values of every type, and digests of a whole template in every format. Output for
 * a seed is public: a change of any of it is a breaking change (CONTRIBUTING.md).
 */
export async function golden(): Promise<Record<string, unknown>> {
  const fields: TestField[] = [
    ...allTypes
      .filter(({ external }) => external === undefined)
      .map((type) => ({
        name: type.key,
        type: type.key,
        ...(type.exampleOptions === undefined ? {} : { options: type.exampleOptions }),
      })),
    ...VARIANTS,
  ];
  const values: Record<string, unknown> = {};
  for (const field of fields) {
    const plan = await planOf([...(findType(field.type)?.exampleFields ?? []), field], SEED);
    values[field.name] = generateRows(plan, 0, ROWS).map((row) => row[field.name]);
    if (plan.capacity > FAR)
      values[`${field.name}, far`] = generateRows(plan, FAR - 2, FAR).map((row) => row[field.name]);
  }
  return { seed: SEED, values, digests: await digests() };
}

/** SHA-256 of 5,000 rows of the benchmark's template. */
async function digests(): Promise<Record<string, string>> {
  const template = new URL('../../../../test/bench/customer.template.json', import.meta.url);
  const { fields } = JSON.parse(readFileSync(template, 'utf8')) as { fields: TestField[] };
  const plan = await planOf(fields, SEED);
  const made: Record<string, string> = {};
  for (const format of exampleFormats(fields.map(({ name }) => name))) {
    const hash = createHash('sha256');
    for await (const chunk of generateFile(plan, format, 0, 5000)) hash.update(chunk);
    made[format.format] = hash.digest('hex');
  }
  return made;
}
