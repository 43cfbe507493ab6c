import { isWeighting, type Weighting } from '../types/weighting.ts';

/** What a template says once for all its fields. */
export interface Defaults {
  readonly locale: string | undefined;
  readonly weighting: Weighting | undefined;
}

export const NO_DEFAULTS: Defaults = { locale: undefined, weighting: undefined };

/** What a template's document says for its fields; values of the wrong kind count as not given. */
export function defaultsOf(document: unknown): Defaults {
  if (document === null || typeof document !== 'object') return NO_DEFAULTS;
  const { locale, weighting } = document as Readonly<Record<string, unknown>>;
  return {
    locale: typeof locale === 'string' ? locale : undefined,
    weighting: isWeighting(weighting) ? weighting : undefined,
  };
}
