import type { Row, Session, Table } from '@datamaker/connectors';
import type { MaskRule } from '@datamaker/engine';
import { tableId } from '../plan/table-id.ts';
import { checkRule, mustStayApart } from './check-rule.ts';
import { columnId, type KeyGroups } from './key-groups.ts';
import type { ColumnPlan, MaskProblem, Suggestion } from './mask-plan.ts';
import { type Seen, seeColumns } from './see-column.ts';
import { checksOn } from './signature.ts';

/** Rows of each table that are looked at before. All others are while they are copied. */
const SAMPLE = 1000;
/** Of those, rows that are masked to see whether they can be. */
const TRIED = 100;

/** What becomes of columns, and what stands in the way. */
export interface PlannedColumns {
  readonly columns: ReadonlyMap<string, readonly ColumnPlan[]>;
  readonly problems: readonly MaskProblem[];
  readonly notes: readonly MaskProblem[];
  readonly suggestions: readonly Suggestion[];
  /** Some rows, by the id of their table. */
  readonly samples: ReadonlyMap<string, readonly Row[]>;
}

/** What columns are planned with. */
export interface ColumnSource {
  readonly groups: KeyGroups;
  readonly rules: ReadonlyMap<string, MaskRule>;
  readonly all: readonly Table[];
  readonly signal: AbortSignal | undefined;
}

/** Decides on a mask for each column, by the policy and by what is seen in its rows. */
export async function planColumns(
  source: Session,
  tables: readonly Table[],
  { groups, rules, all, signal }: ColumnSource,
): Promise<PlannedColumns> {
  const problems: MaskProblem[] = [];
  const notes: MaskProblem[] = [];
  const suggestions: Suggestion[] = [];
  const columns = new Map<string, readonly ColumnPlan[]>();
  const seen = new Map<string, Seen>();
  const samples = new Map<string, readonly Row[]>();
  for (const table of tables) {
    const rows = await sampleOf(source, table, signal);
    samples.set(tableId(table), rows.slice(0, TRIED));
    for (const [name, what] of seeColumns(table, rows)) seen.set(columnId(table, name), what);
  }
  // A key of which one column is personal is so in all.
  const byGroup = new Map<string, Seen>();
  for (const [id, what] of seen) if (!byGroup.has(groups.groupOf(id))) byGroup.set(groups.groupOf(id), what);
  const ruleOf = groupRules(groups, rules, problems);
  const isUnique = (name: string): boolean => all.filter((one) => one.name === name).length === 1;
  const suggested = new Set<string>();
  for (const table of tables) {
    const plans = table.columns
      .filter(({ isComputed }) => isComputed !== true)
      .map((column): ColumnPlan => {
        const id = columnId(table, column.name);
        const group = groups.groupOf(id);
        const found = ruleOf.get(group);
        const what = seen.get(id) ?? byGroup.get(group);
        const owned = { table, column };
        if (found !== undefined) problems.push(...checkRule(owned, found.rule));
        else if (what !== undefined && !suggested.has(group)) {
          suggested.add(group);
          suggestions.push(
            suggest(
              isUnique(table.name) ? `${table.name}.${column.name}` : id,
              owned,
              what,
              groups.membersOf(group).length > 1,
            ),
          );
        }
        if (found === undefined && what !== undefined) {
          problems.push({
            code: 'mask_unnamed_sensitive_column',
            subject: id,
            message: `it holds personal data (${what.why}), and the policy does not name it`,
          });
        }
        const fakeType = found?.rule.strategy === 'replace' ? (found.rule.type ?? what?.type) : undefined;
        if (found?.rule.strategy === 'replace' && fakeType === undefined) {
          problems.push({
            code: 'mask_unknown_type',
            subject: id,
            message: 'nothing says of which type its fakes are',
            hint: 'name it in the rule: "type": "company"',
            pointer: found.rule.pointer,
          });
        }
        if (found !== undefined && found.rule.strategy !== 'preserve') notes.push(...checkNotes(table, column.name));
        return {
          column,
          id,
          personal: what?.why,
          rule: found?.rule,
          fakeType,
          reason: found === undefined ? '' : found.from === id ? 'policy' : `like ${found.from}`,
          group,
        };
      });
    columns.set(tableId(table), plans);
  }
  return { columns, problems, notes, suggestions, samples };
}

/** One rule for all columns that hold the same values. */
function groupRules(
  groups: KeyGroups,
  rules: ReadonlyMap<string, MaskRule>,
  problems: MaskProblem[],
): Map<string, { readonly rule: MaskRule; readonly from: string }> {
  const found = new Map<string, { readonly rule: MaskRule; readonly from: string }>();
  for (const [id, rule] of rules) {
    const group = groups.groupOf(id);
    const other = found.get(group);
    if (other === undefined) found.set(group, { rule, from: id });
    else if (sayRule(other.rule) !== sayRule(rule)) {
      problems.push({
        code: 'mask_breaks_join',
        subject: id,
        message: `it is joined with ${other.from} by foreign keys, and the policy has another rule for that`,
        hint: 'name one of them: the other gets the same mask',
        pointer: rule.pointer,
      });
    }
  }
  return found;
}

const sayRule = ({ field: _, pointer: __, ...rule }: MaskRule): string => JSON.stringify(rule);

function suggest(
  field: string,
  owned: Parameters<typeof mustStayApart>[0],
  { strategy, type }: Seen,
  isJoined: boolean,
): Suggestion {
  const isApart = isJoined || mustStayApart(owned);
  const kept = isApart && strategy !== 'preserve' ? 'format-preserve' : strategy;
  return { field, strategy: kept, ...(kept === 'replace' && type !== undefined ? { type } : {}) };
}

function checkNotes(table: Table, column: string): MaskProblem[] {
  return checksOn(table, column)
    .filter(({ expression, isAlone }) => expression === undefined || !isAlone)
    .map(({ name }) => ({
      code: 'check_not_kept',
      subject: columnId(table, column),
      message: `the CHECK constraint ${name} speaks of it in a way that masks do not keep: rows that break it are refused, and then nothing is written`,
    }));
}

async function sampleOf(source: Session, table: Table, signal: AbortSignal | undefined): Promise<readonly Row[]> {
  const all: Row[] = [];
  for await (const rows of source.read({ table, limit: SAMPLE, signal })) all.push(...rows);
  return all;
}
