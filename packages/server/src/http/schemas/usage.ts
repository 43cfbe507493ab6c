import { z } from 'zod';

const meterSchema = z.object({
  name: z.enum(['requests', 'previews', 'rows', 'files', 'storage_bytes', 'open_runs']),
  used: z.number(),
  limit: z.number().nullable().meta({ description: 'What the plan allows; null: any number.' }),
  periodSeconds: z.number().nullable().meta({ description: 'The span that the limit speaks of; null: there is none.' }),
  resetSeconds: z.number().nullable().meta({ description: 'Until nothing of it counts any more; null: it stays.' }),
});

export const usageSchema = z
  .object({
    plan: z.string(),
    meters: z.array(meterSchema).meta({
      description: 'Requests, previews and rows are counted only where the plan limits them.',
    }),
  })
  .meta({ id: 'Usage' });
