import { z } from 'zod';

/** How far who answers is trusted; of no effect where the URL says `http:`. */
export const tlsOptions = z.strictObject({
  /** `require` trusts whoever answers, `verify-ca` any name with a certificate of the authority. */
  mode: z.enum(['require', 'verify-ca', 'verify-full']).default('verify-full'),
  /** Certificates of authorities to trust, as PEM; undefined: those of Node. */
  ca: z.string().max(65_536).optional(),
});
export type TlsOptions = z.infer<typeof tlsOptions>;
