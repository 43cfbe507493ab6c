import { nearest } from '@datamaker/engine';
import type { z } from 'zod';
import type { ErrorDetail } from '../errors.ts';
import { stepOf } from '../pointer.ts';
import { ToolError } from './tool-error.ts';

/**
 * What a tool is given, when it is as its schema says.
 * @throws ToolError validation_error, which names each place, and for a key that is not known the one that was meant
 */
export function checkInput<Input extends z.ZodObject>(name: string, schema: Input, given: unknown): z.output<Input> {
  const parsed = schema.safeParse(given ?? {});
  if (parsed.success) return parsed.data;
  const details = parsed.error.issues.flatMap((issue) => toDetails(issue, schema));
  const known = Object.keys(schema.shape);
  throw new ToolError('validation_error', `the arguments of ${name} are wrong: ${details[0]?.message}`, {
    details,
    hint: known.length === 0 ? `${name} takes no arguments` : `${name} takes ${known.join(', ')}`,
  });
}

function toDetails(issue: z.core.$ZodIssue, schema: z.ZodObject): ErrorDetail[] {
  const pointer = issue.path.map(stepOf).join('');
  if (issue.code !== 'unrecognized_keys') return [{ code: 'invalid_value', pointer, message: issue.message }];
  const known = issue.path.length === 0 ? Object.keys(schema.shape) : [];
  return issue.keys.slice(0, 10).map((key) => {
    const shown = key.slice(0, 80);
    const meant = nearest(shown, known);
    return {
      code: 'unknown_key',
      pointer: pointer + stepOf(shown),
      message: `unknown key ${JSON.stringify(shown)}`,
      hint: meant === undefined ? 'leave it out' : `did you mean ${JSON.stringify(meant)}?`,
    };
  });
}
