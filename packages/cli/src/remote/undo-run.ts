import type { UndoReport } from '@datamaker/seeding';
import { type Arguments, flagValue } from '../arguments/command.ts';
import { CommandError } from '../errors/command-error.ts';
import { print } from '../output/print.ts';
import { say } from '../output/say.ts';
import { ask, needTerminal } from '../seeding/ask.ts';
import { countRows, drawUndo } from '../seeding/draw-undo.ts';
import { readEdited } from '../seeding/edited-rows.ts';
import { refuseUndo } from '../seeding/refuse-undo.ts';
import { hasEnded, type RemoteRun } from './remote-run.ts';
import { failureOf } from './run-outcome.ts';
import type { ServerApi } from './server-api.ts';
import { readOnInterrupt, whileAttached } from './while-attached.ts';

/** What POST /runs/{id}/undo answers with `dryRun`. */
type RemoteUndo = Omit<UndoReport, 'isDone'> & { readonly done: boolean; readonly removed: number };

/** Removes the rows that a push or a seed of the server has written; shows first which. @throws CommandError when none are removed */
export async function undoRun(api: ServerApi, id: string, args: Arguments): Promise<void> {
  const edited = readEdited(args);
  const mode = readOnInterrupt(flagValue(args, 'on-interrupt'));
  const [isDry, isSure, isJson] = ['dry-run', 'yes', 'json'].map((flag) => args.flags.has(flag));
  if (!isDry && !isSure) needTerminal('--yes, or --dry-run');
  const post = { method: 'POST', once: true } as const;
  const path = `/runs/${id}/undo`;
  const { done, ...looked } = await api.json<RemoteUndo>(path, { ...post, body: { dryRun: true, edited } });
  const shown = drawUndo({ ...looked, isDone: done });
  if (isDry) await print(isJson ? `${JSON.stringify({ done, ...looked }, undefined, 2)}\n` : shown);
  else if (!isSure || !isJson) say(shown);
  refuseUndo(looked);
  if (isDry) return;
  if (!isSure && !(await ask(`Remove ${countRows(looked.removed)}?`, new AbortController().signal))) {
    throw new CommandError(1, 'not_confirmed', 'nothing was removed');
  }
  const { run_id: undoing } = await api.json<{ run_id: string }>(path, { ...post, body: { edited } });
  const ended = await whileAttached(api, [undoing], mode, async (signal) => {
    for (;;) {
      const run = await api.json<RemoteRun>(`/runs/${undoing}?wait=true`, { signal });
      if (hasEnded(run)) return run;
    }
  });
  if (isJson) await print(`${JSON.stringify(ended, undefined, 2)}\n`);
  const failure = failureOf(ended);
  if (failure !== undefined) throw failure;
  if (!isJson) say(`${undoing} has removed them\n`);
}
