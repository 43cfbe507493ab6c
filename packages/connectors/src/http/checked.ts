import type { z } from 'zod';
import { ConnectionError } from '../connection-error.ts';

/** What a schema says of a value. @throws ConnectionError invalid_config, naming the property and never its value */
export function checked<Schema extends z.ZodType>(schema: Schema, value: unknown, name: string): z.output<Schema> {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  const place = [name, ...(issue?.path ?? [])].map(String).join('.');
  throw new ConnectionError('invalid_config', `${place}: ${issue?.message ?? 'it does not fit'}`);
}
