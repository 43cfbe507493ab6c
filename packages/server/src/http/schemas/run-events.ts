import { z } from 'zod';

const event = z
  .object({
    event: z.enum(['run', 'end']),
    data: z.string().min(1).meta({ description: 'JSON: the run, as `GET /runs/{id}` tells it; of `end`, `{}`.' }),
    id: z.string().optional().meta({ description: 'What `Last-Event-ID` may say.', example: 'done.1.500' }),
  })
  .meta({ id: 'RunEvent', description: 'A server-sent event.' });

/** OpenAPI 3.1 does not say whether the schema of a stream is that of its text or of an event: it is either. */
export const runEvents = z.union([event, z.string()]);
