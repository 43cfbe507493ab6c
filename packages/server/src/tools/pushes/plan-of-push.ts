import { type Api, at } from '../api/api.ts';
import { hashPlan } from '../hash-plan.ts';
import { ToolError } from '../tool-error.ts';
import type { PushArguments } from './push-arguments.ts';

interface Mapping {
  readonly table: { readonly schema: string; readonly name: string };
  readonly columns: Readonly<Record<string, string | null>>;
  readonly problems: readonly { readonly message: string; readonly hint?: string }[];
}

interface Field {
  readonly name: string;
  readonly sensitive?: boolean;
}

/** What a push would do, and a hash that is another one as soon as it would do anything else. */
export interface PlanOfPush {
  readonly plan_hash: string;
  readonly target: { readonly connection: string; readonly type: string; readonly url: string };
  readonly table: string | null;
  readonly columns: Readonly<Record<string, string | null>> | null;
  readonly count: number;
  readonly seed: string;
  readonly on_conflict: string;
  readonly sensitive_fields: readonly string[];
  readonly sample: readonly Record<string, unknown>[];
  readonly problems: readonly string[];
  /** With its version: what is pushed is what was looked at. */
  readonly template: string;
}

/**
 * Looks at template, connection and table, as they are now. Nothing is written anywhere.
 * @param planId of the plan: two pushes of the same rows are two plans
 * @throws ToolError
 */
export async function planOfPush(api: Api, given: PushArguments, planId: string): Promise<PlanOfPush> {
  const { template: ref, connection: id, table, schema, seed, overrides, mapping } = given;
  const template = await api.json<{ id: string; version: number; fields: readonly Field[] }>(
    'GET',
    at`/templates/${ref}`,
  );
  const connection = await api.json<{ name: string; type: string; url: string; readOnly: boolean; updatedAt: string }>(
    'GET',
    at`/connections/${id}`,
  );
  if (connection.readOnly) {
    throw new ToolError('conflict', 'the connection is for reading only', { hint: 'push through another one' });
  }
  const pinned = `${template.id}@v${template.version}`;
  const preview = await api.text('POST', at`/templates/${pinned}/preview`, { body: { seed, overrides } });
  const sample = JSON.parse(preview.text) as Record<string, unknown>[];
  const drawn = decodeURIComponent(String(preview.headers['x-datamaker-seed'] ?? ''));
  const found =
    table === undefined
      ? undefined
      : await api.json<Mapping>('GET', at`/templates/${template.id}/mappings/${id}`, { query: { table, schema } });
  const columns = mapping ?? found?.columns ?? null;
  const { count, on_conflict, key } = given;
  const identity = { pinned, id, url: connection.url, updatedAt: connection.updatedAt };
  const asked = { table: found?.table ?? table ?? null, columns, count, seed: drawn, overrides, on_conflict, key };
  return {
    plan_hash: `${planId}-${hashPlan({ ...identity, ...asked })}`,
    target: { connection: connection.name, type: connection.type, url: connection.url },
    table: found === undefined ? null : [found.table.schema, found.table.name].filter(Boolean).join('.'),
    columns,
    count,
    seed: drawn,
    on_conflict,
    sensitive_fields: template.fields.filter(({ sensitive }) => sensitive === true).map(({ name }) => name),
    sample: sample.slice(0, 3),
    // What was said instead of the saved columns is looked at when rows are pushed.
    problems: mapping === undefined ? (found?.problems ?? []).map(({ message }) => message) : [],
    template: pinned,
  };
}
