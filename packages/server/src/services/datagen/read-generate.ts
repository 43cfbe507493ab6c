import { BodyReader } from './body-reader.ts';
import { readCount } from './read-count.ts';
import { checkFormatOf, type OutputFormat, readFormat } from './read-format.ts';
import { readLocale } from './read-locale.ts';
import { readSchemaFields, type SchemaFields } from './read-schema-fields.ts';
import { invalid } from './refusal.ts';
import type { RowPlans } from './row-plans.ts';
import { TIERS, type TierName } from './tiers.ts';

/** A request of schema mode, checked and compiled. */
export interface GenerateRequest extends SchemaFields {
  readonly count: number;
  readonly locale: string;
  readonly format: OutputFormat;
  readonly seed: string | undefined;
}

const EXAMPLE = { schema_fields: [{ name: 'id', type: 'uuid' }], count: 10 };

/** Reads a body of schema mode. @throws Refusal with everything that is wrong in it */
export async function readGenerate(
  body: unknown,
  tier: TierName,
  plans: RowPlans,
  day: number,
): Promise<GenerateRequest> {
  const reader = new BodyReader(body, EXAMPLE);
  if (!reader.isObject) throw invalid(reader.problems);
  const { max_records_per_call: most, nested_depth: nestedDepth } = TIERS[tier];
  const count = readCount(reader, most, tier);
  const locale = readLocale(reader);
  const format = readFormat(reader);
  const seed = reader.seed();
  const schema = await readSchemaFields(reader, { plans, locale, count, day, nestedDepth });
  if (schema !== undefined) checkFormatOf(reader, format, schema.compiled.plan);
  if (schema === undefined || reader.problems.length > 0) throw invalid(reader.problems);
  return { ...schema, count, locale, format, seed };
}
