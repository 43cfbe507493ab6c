import { compileTemplate, parseTemplate } from '@datamaker/engine';
import type { Candidate } from '@datamaker/engine/infer';
import { z } from 'zod';
import { offeredTypes } from './model-question.ts';

/** What a model says is believed more than a guess and less than a rule. */
const CONFIDENCE = 0.75;
const MAX_ANSWER = 200_000;
const MAX_REASON = 120;
const ROWS = 10;

const value = z.union([z.string().min(1).max(80), z.number(), z.boolean()]);
const entry = z.object({
  name: z.string(),
  type: z.string(),
  options: z
    .object({
      values: z.array(value).min(1).max(50).optional(),
      min: z.number().optional(),
      max: z.number().optional(),
    })
    .catch({})
    .default({}),
  reason: z.string().catch('').default(''),
});

/**
 * The candidates in a model's answer, by column name. Only types that were offered count, and only with options under
 * which the engine makes rows: whatever else an answer holds is left out.
 */
export async function readModelAnswer(
  text: string,
  asked: ReadonlySet<string>,
  locale: string,
): Promise<ReadonlyMap<string, Candidate>> {
  const found = new Map<string, Candidate>();
  for (const item of listIn(text.slice(0, MAX_ANSWER))) {
    const read = entry.safeParse(item);
    if (!read.success || !asked.has(read.data.name) || found.has(read.data.name)) continue;
    const { name, type, options, reason } = read.data;
    if (!offeredTypes.has(type)) continue;
    const fitting = await firstThatWorks(type, [options, {}], locale);
    if (fitting === undefined) continue;
    found.set(name, {
      type,
      options: fitting,
      confidence: CONFIDENCE,
      reason: `a model: ${printable(reason) || type}`,
      source: 'model',
    });
  }
  return found;
}

/** The list in an answer, which may stand in prose or in a fence. */
function listIn(text: string): readonly unknown[] {
  const from = text.indexOf('[');
  const to = text.lastIndexOf(']');
  if (from < 0 || to < from) return [];
  try {
    const list: unknown = JSON.parse(text.slice(from, to + 1));
    return Array.isArray(list) ? list : [];
  } catch {
    return [];
  }
}

async function firstThatWorks(
  type: string,
  tries: readonly Readonly<Record<string, unknown>>[],
  locale: string,
): Promise<Readonly<Record<string, unknown>> | undefined> {
  for (const options of tries) {
    const parsed = parseTemplate({ name: 'answer', locale, fields: [{ name: 'field', type, options }] });
    if (parsed.ok && (await compileTemplate(parsed.value, { rows: ROWS })).ok) return options;
  }
  return undefined;
}

const printable = (text: string): string => text.replace(/[^\p{L}\p{N}\p{P}\p{Zs}]/gu, '').slice(0, MAX_REASON);
