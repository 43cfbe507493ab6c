import { z } from 'zod';
import { MAX_BLOCK } from '../../services/counter-service.ts';
import { problemOfCounterName } from '../../services/names/counter-name.ts';
import type { StoredCounter } from '../../store/counters.ts';

export const counterName = z
  .string()
  .superRefine((name, context) => {
    const message = problemOfCounterName(name);
    if (message !== undefined) context.addIssue({ code: 'custom', message });
  })
  .meta({ description: 'Of the counter, in the project.', example: 'customer_seq' });

export const counterParams = z.object({ name: counterName });

const number = z.int().min(0);

export const counterSchema = z
  .object({
    name: counterName,
    value: number.meta({ description: 'The number that was given last; 0: none yet.' }),
  })
  .meta({ id: 'Counter' });

export const listedCounterSchema = z
  .object({ name: counterName, value: number, createdAt: z.iso.datetime(), updatedAt: z.iso.datetime() })
  .meta({ id: 'ListedCounter' });

export const blockSchema = z
  .object({
    name: counterName,
    value: number.meta({ description: 'The last of the numbers.' }),
    first: number.meta({ description: 'The first of them: all from here to `value` are yours.' }),
  })
  .meta({ id: 'CounterBlock' });

export const nextBody = z
  .strictObject({
    count: z
      .int('count must be a whole number')
      .min(1, 'count must be at least 1')
      .max(MAX_BLOCK, `count must be at most ${MAX_BLOCK}`)
      .default(1)
      .meta({ description: 'How many numbers to take at once.' }),
  })
  .optional();

export const presentCounter = (counter: StoredCounter): z.input<typeof listedCounterSchema> => ({
  name: counter.name,
  value: Number(counter.value),
  createdAt: counter.created_at.toISOString(),
  updatedAt: counter.updated_at.toISOString(),
});
