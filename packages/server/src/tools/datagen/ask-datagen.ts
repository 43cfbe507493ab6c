import { z } from 'zod';
import type { Api } from '../api/api.ts';
import { ToolError } from '../tool-error.ts';

/** What its door answers: JSON, or the text of another format. */
export const datagenAnswer = z.looseObject({});

export interface DatagenQuestion {
  readonly body: object;
  readonly structured?: boolean | undefined;
  readonly key?: string | undefined;
}

/** Less than a result may have: texts are longer as JSON. */
const MOST_BYTES = 200 * 1024;

/** Asks the DataGen door. @returns JSON as it answers it, anything else as `{ text, truncated }`. @throws ToolError */
export async function askDatagen(
  api: Api,
  path: string,
  { body, structured, key }: DatagenQuestion,
): Promise<Record<string, unknown>> {
  const found = await api.text('POST', `/api/v1/${path}`, {
    body,
    most: MOST_BYTES,
    headers: {
      ...(structured === true ? { accept: 'application/vnd.agentic+json' } : {}),
      ...(key === undefined ? {} : { 'idempotency-key': key }),
    },
  });
  const isJson =
    /json\b/.test(String(found.headers['content-type'])) && !/ndjson/.test(String(found.headers['content-type']));
  if (!isJson) return { text: found.text, truncated: found.isCut };
  if (found.isCut) {
    throw new ToolError('result_too_large', 'the records are too many to come back here', {
      hint: 'ask for fewer, or use generate, which keeps them in a run',
    });
  }
  return JSON.parse(found.text) as Record<string, unknown>;
}
