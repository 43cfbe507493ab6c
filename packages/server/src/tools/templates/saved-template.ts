import { z } from 'zod';

export const templateName = z.string().min(1).max(200);
export const templateFields = z.array(z.record(z.string(), z.unknown())).max(2000);
/** What a template may have beside its name and fields. */
export const templateDocument = {
  locale: z.string().max(60).optional(),
};

/** A template as it is answered to whoever has saved it: what was saved, they know. */
export const savedTemplate = z.strictObject({ id: z.string(), name: z.string(), version: z.int(), fields: z.int() });

export interface StoredTemplate {
  readonly id: string;
  readonly name: string;
  readonly version: number;
  readonly fields: readonly unknown[];
}

export const shorten = ({ id, name, version, fields }: StoredTemplate): z.output<typeof savedTemplate> => ({
  id,
  name,
  version,
  fields: fields.length,
});
