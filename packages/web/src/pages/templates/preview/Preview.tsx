import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { randomText } from '../../../api/random-text.ts';
import type { Rows, Source } from '../../../engine/protocol.ts';
import { IconButton } from '../../../ui/Button.tsx';
import { formatDuration } from '../../../ui/format.ts';
import { ProblemNote } from '../../../ui/ProblemNote.tsx';
import { Tabs } from '../../../ui/Tabs.tsx';
import { readNumber, showPlain } from '../fields/option-values.ts';
import { TextBox } from '../fields/TextBox.tsx';
import { ColumnPictures } from './ColumnPictures.tsx';
import { RowGrid } from './RowGrid.tsx';
import { pageOf, rowsQuery } from './rows-query.ts';

const route = getRouteApi('/shell/templates/$id');

/** Rows that the preview of a source begins with. */
const pageOfSource = ({ template: { fields } }: Source): number => pageOf(fields.length);

/** The first rows of what is on the page, made here while it is typed; undefined until there are some. */
export const usePreview = (source: Source, from: number) =>
  useQuery({ ...rowsQuery(source, from, pageOfSource(source)), placeholderData: keepPreviousData });

/** Rows of a template as a grid, as JSON, and what is in their columns; seed, view and first row are in the address. */
export function Preview({
  source,
  from,
  rows,
  error,
  shown,
}: {
  source: Source;
  from: number;
  rows: Rows | undefined;
  error: Error | null;
  shown: Extract<Rows, { ok: true }> | undefined;
}) {
  const { view = 'grid' } = route.useSearch();
  const navigate = route.useNavigate();
  const change = (search: { seed?: string | undefined; view?: string | undefined; from?: number | undefined }): void =>
    void navigate({ search: ((before: object) => ({ ...before, ...search })) as never, replace: true });
  const stale = rows !== undefined && !rows.ok;
  return (
    <section
      aria-label="Preview"
      className="flex h-[32rem] min-w-0 shrink-0 flex-col lg:h-auto lg:flex-1 lg:shrink overflow-hidden rounded-lg border border-line bg-panel"
    >
      <Tabs
        label="Preview"
        value={view}
        onChange={(next) => change({ view: next === 'grid' ? undefined : next })}
        aside={
          <div className="flex flex-wrap items-center gap-x-3 gap-y-1 py-1 text-xs text-quiet [&_input]:h-7 [&_input]:text-xs">
            {rows?.ok && <span className="tabular-nums">{formatDuration(rows.ms)}</span>}
            <label className="flex items-center gap-1.5">
              First row
              <span className="w-20">
                <TextBox
                  value={from}
                  show={showPlain}
                  read={(text) => Number(readNumber(text))}
                  inputMode="numeric"
                  onValue={(next) => change({ from: Number.isSafeInteger(next) && next > 0 ? next : undefined })}
                />
              </span>
            </label>
            <label className="flex items-center gap-1.5">
              Seed
              <span className="w-24">
                <TextBox
                  value={source.seed}
                  show={showPlain}
                  read={(text) => text}
                  onValue={(seed) => change({ seed: seed === '' ? undefined : seed })}
                />
              </span>
            </label>
            <IconButton label="Another seed" icon="dice" onClick={() => change({ seed: randomText().slice(0, 8) })} />
          </div>
        }
        tabs={[
          {
            value: 'grid',
            label: 'Rows',
            content: () =>
              body(
                <RowGrid
                  source={source}
                  from={from}
                  first={shown?.rows ?? []}
                  page={pageOfSource(source)}
                  capacity={shown?.capacity ?? 0}
                />,
              ),
          },
          {
            value: 'json',
            label: 'JSON',
            content: () =>
              body(
                <section
                  aria-label="Rows as JSON"
                  // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached by keyboard
                  tabIndex={0}
                  className="min-h-0 flex-1 overflow-auto p-3"
                >
                  <pre className="font-mono text-xs leading-relaxed">{shown?.text}</pre>
                </section>,
              ),
          },
          { value: 'columns', label: 'Columns', content: () => <ColumnPictures source={source} /> },
        ]}
      />
    </section>
  );

  function body(content: React.ReactNode): React.ReactNode {
    if (error !== null)
      return (
        <div className="p-3">
          <ProblemNote error={error} />
        </div>
      );
    if (shown === undefined) {
      return (
        <p className="p-8 text-center text-faint">
          {stale ? 'Rows appear once the fields are right.' : 'Making rows …'}
        </p>
      );
    }
    return (
      <div className={`flex min-h-0 flex-1 flex-col transition-opacity ${stale ? 'opacity-50' : ''}`}>{content}</div>
    );
  }
}
