import type { Condition } from '@datamaker/connectors';
import { z } from 'zod';
import { type ApiError, validationError } from '../errors.ts';
import { refuseNul } from './parse-body.ts';
import { tableNameText } from './schemas/table.ts';

const MAX_CONDITIONS = 50;

const conditions = z
  .array(
    z.strictObject({
      column: tableNameText,
      is: z.enum(['=', '!=', '<', '<=', '>', '>=', 'like', 'null', 'not null']),
      value: z.union([z.string(), z.number(), z.boolean()]).optional(),
    }),
  )
  .max(MAX_CONDITIONS);

/**
 * Conditions out of the JSON of a query.
 * @throws ApiError validation_error
 */
export function parseConditions(text: string | undefined): readonly Condition[] | undefined {
  if (text === undefined) return undefined;
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw wrong('/where', 'where is no JSON', '[{"column":"id","is":">=","value":10}]');
  }
  return checkConditions(value);
}

/**
 * Conditions out of JSON.
 * @throws ApiError validation_error
 */
export function checkConditions(value: unknown): readonly Condition[] {
  refuseNul(value);
  const parsed = conditions.safeParse(value);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    throw wrong(`/where/${issue?.path.join('/') ?? ''}`, issue?.message ?? 'it is none', 'see the reference');
  }
  for (const [index, { is, value: given }] of parsed.data.entries()) {
    const needs = is !== 'null' && is !== 'not null';
    if (needs === (given !== undefined)) continue;
    throw wrong(
      `/where/${index}/value`,
      needs ? `${is} needs a value` : `${is} takes no value`,
      needs ? 'for rows without one there is `null`' : 'leave it out',
    );
  }
  return parsed.data as readonly Condition[];
}

const wrong = (pointer: string, message: string, hint: string): ApiError =>
  validationError([{ code: 'invalid_value', pointer, message, hint }]);
