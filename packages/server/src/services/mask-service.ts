import { setImmediate as others } from 'node:timers/promises';
import { createMasker, type MaskSummary, parseSeed, type TokenEntry } from '@datamaker/engine';
import { validationError } from '../errors.ts';
import type { MaskKeys } from '../security/mask-keys.ts';
import type { StoredTemplate } from '../store/templates.ts';
import type { TemplateSource } from './pinned-templates.ts';
import { parseDocument, toWritten } from './template-document.ts';

/** What a client asks to be masked. */
export interface MaskRequest {
  readonly rows: readonly unknown[];
  /** A policy's `fields`, or its `strategies`. */
  readonly fields?: unknown;
  readonly strategies?: unknown;
  readonly seed?: unknown;
  readonly key?: string | undefined;
  readonly keyName?: string | undefined;
}

export type MaskAnswer = MaskSummary & {
  readonly rows: readonly Record<string, unknown>[];
  readonly tokens?: readonly TokenEntry[];
};

/** So many rows are masked before others get their turn: 10,000 with keyed strategies take seconds. */
const BATCH = 200;

/**
 * Masks rows, all or none.
 * @param template what the rows look like, for its sensitive fields and its types
 * @throws ApiError validation_error, which shows no value
 */
export async function maskRows(
  { rows, fields, strategies, seed, key, keyName }: MaskRequest,
  workspaceId: string,
  keys: MaskKeys,
  template: StoredTemplate | undefined,
  templates: TemplateSource,
): Promise<MaskAnswer> {
  const parsedSeed = seed === undefined || seed === null ? undefined : parseSeed(seed);
  if (parsedSeed?.ok === false) throw validationError(parsedSeed.diagnostics);
  const policy = {
    ...(fields === undefined ? {} : { fields }),
    ...(strategies === undefined ? {} : { strategies }),
  };
  const made = await createMasker(policy, {
    key: key === undefined ? keys.of(workspaceId, keyName ?? '') : Buffer.from(key),
    ...(parsedSeed === undefined ? {} : { seed: parsedSeed.value }),
    ...(template === undefined ? {} : { template: await parseDocument(toWritten(template), templates) }),
  });
  if (!made.ok) throw validationError(made.diagnostics);
  const masker = made.value;
  const out: Record<string, unknown>[] = [];
  const tokens = new Map<string, TokenEntry>();
  for (let i = 0; i < rows.length; i += BATCH) {
    const batch = await masker.mask(rows.slice(i, i + BATCH));
    if (!batch.ok) throw validationError(batch.diagnostics);
    out.push(...batch.value.rows);
    for (const entry of batch.value.tokens) tokens.set(`${entry.field}\0${entry.token}`, entry);
    await others();
  }
  const summary = masker.finish();
  if (!summary.ok) throw validationError(summary.diagnostics);
  return { rows: out, ...summary.value, ...(tokens.size === 0 ? {} : { tokens: [...tokens.values()] }) };
}
