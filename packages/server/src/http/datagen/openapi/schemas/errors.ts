import { z } from 'zod';

/** Why a request is refused, in one sentence: keys, quotas. */
export const errorSentence = z
  .object({
    error: z.string(),
    hint: z.string().optional(),
    correction_hint: z.string().optional(),
    free_key_url: z.string().optional(),
    retry_after_sec: z.int().min(0).optional(),
  })
  .meta({ id: 'ErrorSentence', description: 'Why the request is refused, in a sentence.' });

export const detailSentence = z
  .object({ detail: z.string(), hint: z.string().optional() })
  .meta({ id: 'DetailSentence', description: 'Why the request is refused, and what to do.' });

export const contractMismatch = z
  .object({
    detail: z.string(),
    expected_contract_hash: z.string(),
    actual_contract_hash: z.string(),
    correction_hint: z.string().optional(),
    suggested_fix: z.record(z.string(), z.unknown()).optional(),
  })
  .meta({
    id: 'ContractMismatch',
    description: 'The names make another contract; with a hint and a fix for `application/vnd.agentic+json`.',
  });

export const errorMessages = z
  .object({
    detail: z.array(z.string()).min(1).meta({ description: 'Everything that is wrong.' }),
    hint: z.string().optional(),
    max_ai_records_per_call: z.int().optional(),
    upgrade_url: z.string().optional(),
    request_id: z.string().optional(),
  })
  .meta({ id: 'ErrorMessages', description: 'Everything that is wrong, in sentences.' });

const structuredError = z
  .object({
    error: z.literal(true),
    code: z.string().meta({ description: 'Stable: switch on it.' }),
    field: z.string().optional().meta({ description: 'A key of the body, or a column.' }),
    message: z.string(),
    correction_hint: z.string(),
    pointer: z.string().meta({ description: 'JSON pointer to the object that the fix goes into; empty: the body.' }),
    suggested_fix: z
      .record(z.string(), z.unknown())
      .optional()
      .meta({ description: 'Its keys, put in place of those of the object, make it right; null: leave it out.' }),
    upgrade_required: z.boolean().meta({ description: 'Whether a larger plan would allow it.' }),
    upgrade_url: z.string().optional(),
  })
  .meta({ id: 'StructuredError', description: 'Something wrong, in a form that a program can act on.' });

export const structuredErrors = z.array(structuredError).min(1).meta({
  id: 'StructuredErrors',
  description: 'Everything that is wrong: for `Accept: application/vnd.agentic+json`.',
});

/** Of what is not well-formed HTTP: it is refused before it is known which door it is for. */
export const protocolError = z
  .object({
    error: z.object({
      code: z.string(),
      message: z.string(),
      details: z.record(z.string(), z.unknown()),
      request_id: z.string(),
    }),
  })
  .meta({ id: 'ProtocolError', description: 'The request is not well-formed HTTP.' });
