import type { Table } from '@datamaker/connectors';
import { type MaskRule, nearest, parsePolicy } from '@datamaker/engine';
import { tableId } from '../plan/table-id.ts';
import { columnId } from './key-groups.ts';
import type { MaskProblem } from './mask-plan.ts';

/** Rules of a policy by the columns that they name, and what is wrong with it. */
export interface ReadRules {
  readonly rules: ReadonlyMap<string, MaskRule>;
  readonly problems: readonly MaskProblem[];
}

/** Reads a policy whose fields are columns: `customer.email`, or `public.customer.email` where tables of one name are in several schemas. */
export function readRules(policy: unknown, tables: readonly Table[]): ReadRules {
  const parsed = parsePolicy(policy);
  if (!parsed.ok) {
    return {
      rules: new Map(),
      problems: parsed.diagnostics.map(({ code, pointer, message, hint }) => ({
        code,
        subject: 'the policy',
        message,
        pointer,
        ...(hint === undefined ? {} : { hint }),
      })),
    };
  }
  const names = Map.groupBy(
    tables.flatMap((table) => table.columns.flatMap(({ name }) => spellings(table, name))),
    ({ spelling }) => spelling,
  );
  const rules = new Map<string, MaskRule>();
  const problems: MaskProblem[] = [];
  const report = (code: string, rule: MaskRule, message: string, hint: string): void => {
    problems.push({ code, subject: rule.field, message, hint, pointer: rule.pointer });
  };
  for (const rule of parsed.value.rules) {
    const found = names.get(rule.field) ?? [];
    const [first] = found;
    if (first === undefined) {
      if (rule.optional) continue;
      const near = nearest(rule.field, [...names.keys()]);
      const hint = near === undefined ? 'write table.column' : `did you mean \`${near}\`?`;
      report('unknown_column', rule, 'there is no such column', hint);
    } else if (found.length > 1) {
      report(
        'ambiguous_column',
        rule,
        'several columns are called so',
        `write ${found.map(({ id }) => id).join(' or ')}`,
      );
    } else if (rules.has(first.id)) report('duplicate_field', rule, 'it is named twice', 'give it one strategy');
    else rules.set(first.id, rule);
  }
  return { rules, problems };
}

function spellings(table: Table, column: string): { readonly spelling: string; readonly id: string }[] {
  const id = columnId(table, column);
  const short = `${table.name}.${column}`;
  return [...(tableId(table) === table.name ? [] : [{ spelling: id, id }]), { spelling: short, id }];
}
