import { z } from 'zod';

/** What a connection is, as models are shown: no more than says where rows would go. */
export const shownConnection = z.strictObject({
  id: z.string(),
  name: z.string(),
  type: z.string(),
  url: z.string(),
  read_only: z.boolean(),
  status: z.string(),
  problem: z.string().nullable(),
  hint: z.string().nullable(),
});

export interface StoredConnection {
  readonly id: string;
  readonly name: string;
  readonly type: string;
  readonly url: string;
  readonly readOnly: boolean;
  readonly verification: {
    readonly status: string;
    readonly message: string | null;
    readonly hint: string | null;
  };
}

export const showConnection = (one: StoredConnection): z.output<typeof shownConnection> => ({
  id: one.id,
  name: one.name,
  type: one.type,
  url: one.url,
  read_only: one.readOnly,
  status: one.verification.status,
  problem: one.verification.message,
  hint: one.verification.hint,
});
