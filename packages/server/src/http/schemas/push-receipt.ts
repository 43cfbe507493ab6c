import { z } from 'zod';
import { doubtful } from '../../services/pushes/push-progress.ts';
import { pathText } from '../../services/pushes/rows-within.ts';
import { whyNotUndone } from '../../services/pushes/why-not-undone.ts';
import type { PushWithin } from '../../store/push-receipt-table.ts';
import type { KeptPush } from '../../store/push-receipts.ts';
import type { StoredRun } from '../../store/runs.ts';
import { lastUndo, presentLastUndo } from './undo.ts';

const version = z.object({ id: z.string(), name: z.string(), version: z.int() });
const counted = z.int().min(0);

/** What a push has written: all that says which rows these are. */
export const pushReceiptSchema = z
  .object({
    kind: z.literal('datamaker/push-receipt'),
    version: z.literal(1),
    runId: z.string(),
    state: z.string(),
    target: z.object({ type: z.string(), url: z.string().meta({ description: 'Without user and password.' }) }),
    table: z.object({ schema: z.string(), name: z.string() }),
    columns: z.record(z.string(), z.string().nullable()),
    template: version.meta({ description: 'As it was when the push began.' }),
    nested: z.array(version).meta({ description: 'Templates that it nests, as they were.' }),
    seed: z.string(),
    now: z.iso.datetime().meta({ description: 'What `"now"` means in the template.' }),
    range: z.object({ from: counted, to: counted, position: counted }).meta({
      description: 'Rows of the template that were asked for; those before `position` have an outcome.',
    }),
    onConflict: z.enum(['fail', 'skip', 'update']),
    rows: counted.meta({ description: 'How many are known to be written.' }),
    skipped: counted,
    failed: counted,
    unknown: counted,
    inDoubt: counted.meta({ description: 'Rows that were on their way when it ended.' }),
    keys: z
      .object({
        columns: z.array(z.string()),
        madeBy: z.enum(['template', 'system']),
        ranges: z.array(z.tuple([z.string(), z.string()])).meta({
          description: 'Keys that the system made, both ends included; none where the template makes them.',
        }),
        others: z.array(z.array(z.unknown())).meta({ description: 'Those that are no whole numbers, one by one.' }),
        complete: z.boolean().meta({ description: 'Whether all of them are here.' }),
      })
      .nullable()
      .meta({ description: 'What tells the rows apart; null: nothing does.' }),
    within: z
      .array(
        z.object({
          path: z.string().meta({ example: 'to_Item' }),
          table: z.object({ schema: z.string(), name: z.string() }),
          rows: counted,
          keys: z.object({ columns: z.array(z.string()), madeBy: z.enum(['template', 'system']) }).nullable(),
        }),
      )
      .optional()
      .meta({ description: 'Rows of other tables that went in within those of the push (deep insert).' }),
    undoable: z
      .object({ code: z.string(), message: z.string() })
      .nullable()
      .meta({ description: 'Why it cannot be taken back; null: it can.' }),
    undo: lastUndo,
    updatedAt: z.iso.datetime(),
  })
  .meta({ id: 'PushReceipt' });

export function presentPushReceipt(run: StoredRun, kept: KeptPush): z.input<typeof pushReceiptSchema> {
  const { plan, state } = kept;
  const { identity } = plan;
  const { ranges, others, isComplete } = state.keys;
  return {
    kind: 'datamaker/push-receipt',
    version: 1,
    runId: run.id,
    state: run.state,
    target: { ...plan.target },
    table: { ...plan.table },
    columns: { ...plan.columns },
    template: versionOf(plan.template),
    nested: plan.nested.map(versionOf),
    seed: plan.seed,
    now: new Date(plan.now).toISOString(),
    range: { from: plan.from, to: plan.to, position: state.position },
    onConflict: plan.onConflict,
    rows: state.written,
    skipped: state.skipped,
    failed: state.failed,
    unknown: state.unknown,
    inDoubt: doubtful(state),
    keys: identity && {
      columns: [...identity.columns],
      madeBy: identity.by,
      ranges: ranges.map(([first, last]) => [first, last]),
      others: others.map((one) => [...one]),
      complete: isComplete,
    },
    ...(plan.within === undefined ? {} : { within: plan.within.map((one) => presentWithin(one, state)) }),
    undoable: whyNotUndone(plan, state) ?? null,
    undo: presentLastUndo(kept),
    updatedAt: kept.updatedAt.toISOString(),
  };
}

const presentWithin = (one: PushWithin, { within }: KeptPush['state']) => ({
  path: pathText(one),
  table: { ...one.table },
  rows: within?.[pathText(one)]?.rows ?? 0,
  keys: one.identity && { columns: [...one.identity.columns], madeBy: one.identity.by },
});

const versionOf = ({ id, name, version: number }: KeptPush['plan']['template']): z.input<typeof version> => ({
  id,
  name,
  version: number,
});
