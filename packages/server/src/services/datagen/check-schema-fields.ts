import type { ContractField } from './contract.ts';
import { emiratiFaults } from './emirati.ts';
import type { FieldFault } from './field-fault.ts';
import type { Compiled, RowPlans } from './row-plans.ts';

/** What the fields of a schema are checked against. */
export interface SchemaContext {
  readonly plans: RowPlans;
  /** Of fields that name none. */
  readonly locale: string;
  /** So many rows must be possible. */
  readonly count: number;
  /** A moment of the day that "now" means. */
  readonly day: number;
  /** How deep fields may stand inside each other. */
  readonly nestedDepth: number;
}

/** Fields compiled, or all that stands in the way. */
export type CheckedFields =
  | { readonly ok: true; readonly compiled: Extract<Compiled, { ok: true }> }
  | { readonly ok: false; readonly faults: readonly FieldFault[] };

/** Checks fields as a whole: the rules of this door, what the engine says of them, what the plan allows. */
export async function checkSchemaFields(
  fields: readonly ContractField[],
  { plans, count, day, nestedDepth }: SchemaContext,
): Promise<CheckedFields> {
  const faults = fields.flatMap(emiratiFaults);
  const compiled = await plans.compile(fields, day, count);
  if (!compiled.ok) {
    for (const { code, pointer, message, hint = 'see GET /api/v1/field-types' } of compiled.diagnostics) {
      const [, , place = '', part, option] = pointer.split('/');
      const index = /^\d+$/.test(place) ? Number(place) : undefined;
      faults.push({ index, code, message, hint, ...(part === 'options' && option !== undefined ? { option } : {}) });
    }
    return { ok: false, faults };
  }
  for (const [index, depth] of compiled.depth.entries()) {
    if (depth <= nestedDepth) continue;
    const message = `nests fields ${depth} levels deep; the plan allows ${nestedDepth}`;
    faults.push({ index, code: 'nested_above_plan', message, hint: 'nest less', upgrade_required: true });
  }
  return faults.length > 0 ? { ok: false, faults } : { ok: true, compiled };
}
