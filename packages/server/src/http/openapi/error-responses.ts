import { z } from 'zod';
import { ERRORS, type ErrorCode } from '../../errors.ts';

const errorSchema = z
  .object({
    error: z.object({
      code: z.enum(Object.keys(ERRORS) as [ErrorCode, ...ErrorCode[]]).meta({ description: 'Stable: switch on it.' }),
      message: z.string().meta({ description: 'For people; may change.' }),
      details: z.object({
        diagnostics: z
          .array(z.object({ code: z.string(), pointer: z.string(), message: z.string(), hint: z.string().optional() }))
          .optional(),
        problem: z.string().optional().meta({ description: 'Of `connection_failed`: what is in the way.' }),
        line: z.number().int().optional().meta({ description: 'Of code that is no Python: where, counted from 1.' }),
        column: z.number().int().nullable().optional().meta({ description: 'With `line`; counted from 1.' }),
        written: z.int().optional().meta({ description: 'Of `connection_failed`: rows that were kept before.' }),
      }),
      request_id: z.string(),
    }),
  })
  .meta({ id: 'Error', description: 'What went wrong, and where.' });

/** The answers of a route for errors, by status; those that any route may give need not be named. */
export function errorResponses(...codes: readonly ErrorCode[]) {
  const all: readonly ErrorCode[] = [
    'bad_request',
    'unauthorized',
    'forbidden',
    'workspace_deleted',
    'rate_limited',
    'internal_error',
    'unavailable',
    ...codes,
  ];
  const byStatus = new Map<number, ErrorCode[]>();
  for (const code of new Set(all)) {
    const { status } = ERRORS[code];
    byStatus.set(status, [...(byStatus.get(status) ?? []), code]);
  }
  return Object.fromEntries(
    [...byStatus].map(([status, named]) => [
      status,
      {
        description: named.map((code) => `\`${code}\`: ${ERRORS[code].summary}`).join(' '),
        content: { 'application/json': { schema: errorSchema } },
      },
    ]),
  );
}
