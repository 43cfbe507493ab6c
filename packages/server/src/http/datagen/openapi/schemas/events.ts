import { z } from 'zod';

const event = z
  .object({
    event: z.enum(['status', 'schema', 'progress', 'result', 'done', 'error']),
    data: z.string().min(1).meta({ description: 'JSON, but of `status`, which is a word.' }),
  })
  .meta({ id: 'Event', description: 'A server-sent event.' });

/** OpenAPI 3.1 does not say whether the schema of a stream is that of its text or of an event: it is either. */
export const eventStream = z.union([event, z.string()]);
