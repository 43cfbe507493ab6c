import type { FastifySchemaCompiler } from 'fastify';
import { z } from 'zod';
import { type ErrorDetail, validationError } from '../errors.ts';
import { stepOf } from '../pointer.ts';

/** Checks a part of a request by its schema: all that is wrong at once. No body counts as an empty object. */
export const checkRequest: FastifySchemaCompiler<z.ZodType> = ({ schema, httpPart }) => {
  if (!(schema instanceof z.ZodType)) throw new TypeError('a route has a schema that is not one of zod');
  return (data: unknown) => {
    const parsed = schema.safeParse(httpPart === 'body' ? (data ?? {}) : data);
    // Zod passes over this key where others may be: nobody means it, so nobody is told that it did something.
    if (parsed.success && httpPart === 'body' && Object.hasOwn(data ?? {}, '__proto__')) {
      return { error: validationError([unknownKey('', '__proto__')]) };
    }
    return parsed.success ? { value: parsed.data } : { error: validationError(parsed.error.issues.flatMap(toDetails)) };
  };
};

const unknownKey = (pointer: string, key: string): ErrorDetail => ({
  code: 'unknown_key',
  pointer: pointer + stepOf(key),
  message: `unknown key ${JSON.stringify(key)}`,
  hint: 'leave it out',
});

function toDetails(issue: z.core.$ZodIssue): ErrorDetail[] {
  const pointer = issue.path.map(stepOf).join('');
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => unknownKey(pointer, key.slice(0, 80)));
  }
  return [{ code: 'invalid_value', pointer, message: issue.message }];
}
