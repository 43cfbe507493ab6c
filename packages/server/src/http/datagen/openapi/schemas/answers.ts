import { z } from 'zod';
import { OUTPUT_FORMATS } from '../../../../services/datagen/read-format.ts';
import { TIER_NAMES } from '../../../../services/datagen/tiers.ts';

const tier = z.enum(TIER_NAMES as unknown as [string, ...string[]]);
const hash = z
  .string()
  .regex(/^[0-9a-f]{64}$/)
  .meta({ description: 'SHA-256 of what the columns are, whatever their order.' });
const constraints = z.record(z.string(), z.unknown());
const confidence = z.number().min(0).max(1).meta({ description: 'Below 0.6 it counts as guessed.' });

const limits = {
  max_records_per_call: z.int(),
  max_ai_records_per_call: z.int(),
  max_calls_per_day: z.int().meta({ description: '-1: any number.' }),
  nested_depth: z.int(),
};
const limitsAnswer = z.object(limits).meta({ id: 'Limits', description: 'What a plan allows.' });

const fieldType = z
  .object({
    name: z.string(),
    category: z.string(),
    description: z.string(),
    example_value: z.unknown(),
    required_constraints: z.array(z.string()),
    locale_notes: z.string(),
    tier_required: z.literal('free'),
    constraints: z.array(
      z.object({
        name: z.string(),
        type: z.string(),
        description: z.string(),
        default: z.unknown().optional(),
      }),
    ),
    aliases: z.array(z.string()),
  })
  .meta({ id: 'FieldType', description: 'A type of columns, with its options.' });

export const fieldTypesAnswer = z
  .object({
    api_version: z.string(),
    description: z.string(),
    type_count: z.int(),
    field_types: z.array(fieldType),
    locale_rules_summary: z.record(z.string(), z.string()),
  })
  .meta({ id: 'FieldTypes' });

export const capabilitiesAnswer = z
  .object({
    api_version: z.string(),
    tier,
    available_field_types: z.array(fieldType),
    supported_locales: z.array(z.object({ code: z.string(), name: z.string(), notes: z.string().optional() })),
    output_formats: z.array(z.string()),
    limits: limitsAnswer,
    example_requests: z.array(z.object({ description: z.string(), request: z.record(z.string(), z.unknown()) })),
    payment_options: z.record(z.string(), z.unknown()),
    payment_environment: z.literal('none'),
  })
  .meta({ id: 'Capabilities' });

export const pricingAnswer = z
  .object({
    currency: z.literal('USD'),
    tiers: z.record(
      z.string(),
      z.object({ ...limits, price_usd_month: z.number(), categories: z.literal('all'), formats: z.array(z.string()) }),
    ),
    free_key: z.string(),
  })
  .meta({ id: 'Pricing' });

const state = z.enum(['ok', 'unreachable']);
export const healthAnswer = z
  .object({
    api: state,
    database: state,
    inference: z.literal('offline'),
    ollama: state,
    redis: state,
    note: z.string(),
  })
  .meta({ id: 'Health' });

export const samplesAnswer = z
  .object({
    samples: z.array(
      z.object({
        name: z.string(),
        description: z.string(),
        method: z.literal('POST'),
        path: z.string(),
        download: z.string(),
      }),
    ),
    postman_collection: z.string(),
  })
  .meta({ id: 'Samples' });

export const freeKeyAnswer = z
  .object({ api_key: z.string(), tier: z.literal('free'), limits: limitsAnswer, docs: z.string(), note: z.string() })
  .meta({ id: 'FreeKey' });

export const usageAnswer = z
  .object({
    tier,
    key_prefix: z.string(),
    calls_today: z.int().min(0),
    calls_limit: z.union([z.int(), z.literal('unlimited')]),
    records_today: z.int().min(0),
  })
  .meta({ id: 'Usage' });

const proposedField = z
  .object({
    name: z.string(),
    type: z.string(),
    locale: z.string().optional(),
    constraints: constraints.optional(),
    blankPercentage: z.number().min(0).max(100).optional(),
    description: z.string(),
    inference_source: z.enum(['rules', 'samples', 'heuristic', 'model']),
    confidence,
    reason: z.string().meta({ description: 'What it was told by.' }),
    alternatives: z.array(
      z.object({ type: z.string(), constraints: constraints.optional(), confidence, reason: z.string() }),
    ),
  })
  .meta({ id: 'ProposedField', description: 'What a column was taken for; it can be sent as a field of schema mode.' });

const contract = {
  proposed_schema: z.array(proposedField),
  contract_hash: hash,
  contract_id: z.string().regex(/^ctr_[0-9a-f]{12,64}$/),
  locale: z.string(),
};
export const contractAnswer = z.object(contract).meta({ id: 'Contract' });
export const storedContractAnswer = z
  .object({ ...contract, created_at: z.iso.datetime() })
  .meta({ id: 'StoredContract' });

export const validAnswer = z
  .object({ valid: z.literal(true), field_count: z.int().min(1), estimated_records: z.int().min(1) })
  .meta({ id: 'Valid' });

const envelope = {
  records: z.array(z.record(z.string(), z.unknown())),
  count: z.int().min(1),
  locale: z.string(),
  tier,
  usage: z.object({
    tier,
    generation_mode: z.literal('ai').optional(),
    calls_today: z.int().min(1),
    calls_remaining: z.union([z.int().min(0), z.literal('unlimited')]),
    records_today: z.int().min(0),
  }),
  generation_id: z.string(),
  output_format: z.enum(OUTPUT_FORMATS as [string, ...string[]]),
  seed: z.string(),
};
export const generationAnswer = z.object(envelope).meta({ id: 'Generation', description: 'Rows of declared types.' });
export const aiGenerationAnswer = z
  .object({
    ...envelope,
    inferred_schema: z.array(proposedField),
    inferred_contract_hash: hash,
    generation_mode: z.literal('ai'),
  })
  .meta({ id: 'AiGeneration', description: 'Rows of names, and what the columns were taken for.' });
