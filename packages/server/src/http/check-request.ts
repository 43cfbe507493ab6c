import type { FastifySchemaCompiler } from 'fastify';
import { z } from 'zod';
import { type ErrorDetail, validationError } from '../errors.ts';
import { stepOf } from '../pointer.ts';

/** Checks a part of a request by its schema: all that is wrong at once. No body counts as an empty object. */
export const checkRequest: FastifySchemaCompiler<z.ZodType> = ({ schema, httpPart }) => {
  if (!(schema instanceof z.ZodType)) throw new TypeError('a route has a schema that is not one of zod');
  return (data: unknown) => {
    const parsed = schema.safeParse(httpPart === 'body' ? (data ?? {}) : data);
    return parsed.success ? { value: parsed.data } : { error: validationError(parsed.error.issues.flatMap(toDetails)) };
  };
};

function toDetails(issue: z.core.$ZodIssue): ErrorDetail[] {
  const pointer = issue.path.map(stepOf).join('');
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => ({
      code: 'unknown_key',
      pointer: pointer + stepOf(key.slice(0, 80)),
      message: `unknown key ${JSON.stringify(key.slice(0, 80))}`,
      hint: 'leave it out',
    }));
  }
  return [{ code: 'invalid_value', pointer, message: issue.message }];
}
