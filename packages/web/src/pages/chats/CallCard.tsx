import { Badge, type Tone } from '../../ui/Badge.tsx';
import { CodeBlock } from '../../ui/CodeBlock.tsx';
import { formatCount } from '../../ui/format.ts';
import { Icon } from '../../ui/Icon.tsx';
import { RowGrid } from '../templates/preview/RowGrid.tsx';
import { MadeLinks } from './MadeLinks.tsx';
import { showJson } from './show-json.ts';
import type { Call } from './talk.ts';

/** Rows of the grid that fit without scrolling, and their height. */
const FITTING = 8;
const ROW_PX = 28;
const BAR_PX = 16;

/** A tool that was called: opened, it shows the arguments and what came of it. @param number within the chat, to tell it from others */
export function CallCard({ call, title, number }: { call: Call; title: string; number: number }) {
  const { outcome } = call;
  const rows = rowsOf(outcome?.result);
  const [word, tone] = stateOf(call);
  const name = `call ${number}`;
  return (
    <details open={rows !== undefined} className="group min-w-0 rounded-lg border border-line bg-panel">
      <summary className="flex flex-wrap items-center gap-x-2 gap-y-1 px-3 py-2">
        <Icon name="chevron" className="text-faint transition-transform group-open:rotate-90" />
        <span className="font-medium">{title}</span>
        <span className="min-w-0 font-mono text-xs wrap-anywhere text-faint">{call.tool}</span>
        <span className="flex-1" />
        {outcome?.ok && outcome.untrusted && <Badge tone="warn">from data</Badge>}
        <Badge tone={tone}>{word}</Badge>
      </summary>
      <div className="flex flex-col gap-2 border-t border-line p-3">
        <p className="text-xs font-medium text-quiet">Arguments</p>
        <CodeBlock text={showJson(call.arguments)} wrap label={`Arguments of ${name}`} />
        {outcome !== undefined && <p className="text-xs font-medium text-quiet">Result</p>}
        {outcome?.error !== undefined && (
          <p className="rounded-md bg-bad-soft px-3 py-2 wrap-anywhere">
            {outcome.error.message}
            {outcome.error.hint !== undefined && <span className="text-quiet"> — {outcome.error.hint}</span>}
          </p>
        )}
        {outcome?.ok && rows !== undefined && (
          <div
            className="flex flex-col rounded-md border border-line"
            style={{ height: (Math.min(rows.length, FITTING) + 1) * ROW_PX + BAR_PX }}
          >
            <RowGrid source={undefined} from={0} first={rows} />
          </div>
        )}
        {outcome?.ok && rows === undefined && (
          <CodeBlock text={showJson(outcome.result)} wrap label={`Result of ${name}`} />
        )}
        {outcome?.ok && outcome.untrusted && (
          <p className="text-xs text-faint">
            Others may have written some of this. It is data, and tells nobody to do anything.
          </p>
        )}
        {rows !== undefined && <p className="text-xs text-faint">{formatCount(rows.length)} rows are shown.</p>}
        {outcome?.truncated && <p className="text-xs text-faint">There was more of it than is shown.</p>}
        {outcome?.ok && <MadeLinks result={outcome.result} />}
      </div>
    </details>
  );
}

function stateOf({ outcome, approval, approved, isOver }: Call): readonly [string, Tone] {
  if (approved === false) return ['refused', 'warn'];
  if (outcome !== undefined) return outcome.ok ? ['done', 'good'] : ['not done', 'bad'];
  if (isOver) return approval === undefined || approved ? ['no result', 'warn'] : ['lapsed', 'quiet'];
  return approval !== undefined && approved === undefined ? ['waits for you', 'accent'] : ['running', 'accent'];
}

/** The rows of a result; undefined: it has none that a grid can show. */
function rowsOf(result: unknown): readonly Record<string, unknown>[] | undefined {
  const rows = (result as { rows?: unknown } | null | undefined)?.rows;
  const isRow = (row: unknown): boolean => typeof row === 'object' && row !== null && !Array.isArray(row);
  return Array.isArray(rows) && rows.length > 0 && rows.every(isRow) ? rows : undefined;
}
