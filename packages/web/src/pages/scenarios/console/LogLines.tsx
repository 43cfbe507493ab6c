import { useQueries } from '@tanstack/react-query';
import { type Ref, useEffect, useImperativeHandle, useRef } from 'react';
import { ask } from '../../../api/client.ts';
import { formatCount } from '../../../ui/format.ts';
import { useManyLines } from '../../../ui/use-many-lines.ts';
import { piecesOf } from './ansi.ts';
import type { LogFollower, LogState } from './log-follower.ts';

const LINE_PX = 16;
const PAGE = 500;
/** Lines that can be scrolled to, the last ones of a longer log: boxes of more pixels than this makes are not for browsers. */
const WINDOW = 1_100_000;

export interface LogLinesHandle {
  /** @param line counted from 0 */
  readonly show: (line: number) => void;
}

/** The lines of a log. Only those in sight are there, and only pages around them are kept. */
export function LogLines({
  path,
  log,
  state,
  follows,
  onFollow,
  marked,
  ref,
}: {
  /** Of the run. */
  path: string;
  log: LogFollower;
  state: LogState;
  follows: boolean;
  onFollow: (follows: boolean) => void;
  /** A line that is looked for. */
  marked: number | undefined;
  ref: Ref<LogLinesHandle>;
}) {
  const lastTop = useRef(0);
  const total = state.total + (state.part === undefined ? 0 : 1);
  const base = Math.max(0, total - WINDOW);
  const { scroller, body, height, first, last, scrollTo } = useManyLines(total - base, LINE_PX, 20);
  const shown = Array.from({ length: last - first }, (_, index) => base + first + index);
  const missing = shown.filter((line) => line < state.total && log.lineAt(line) === undefined);
  const pages = [...new Set(missing.map((line) => Math.floor(line / PAGE)))];
  const texts = useQueries({
    queries: pages.map((page) => ({
      // One that was the last when it was asked for is asked for again once there is more.
      queryKey: ['log', path, page, state.total >= (page + 1) * PAGE],
      queryFn: async ({ signal }: { signal: AbortSignal }) => {
        const asked = `${path}/logs?from=${page * PAGE + 1}&lines=${PAGE}`;
        const response = await ask('GET', asked, { signal, headers: { Accept: 'text/plain' } });
        return (await response.text()).split('\n');
      },
      gcTime: 5000,
      staleTime: Number.POSITIVE_INFINITY,
    })),
  });
  const textAt = (line: number): string =>
    (line >= state.total ? state.part : log.lineAt(line)) ??
    texts[pages.indexOf(Math.floor(line / PAGE))]?.data?.[line % PAGE] ??
    '';
  const toEnd = useRef<() => void>(undefined);
  toEnd.current = () => scrollTo(total - base - 1, 'end');
  useEffect(() => {
    if (follows && total > 0) toEnd.current?.();
  }, [follows, total]);
  useImperativeHandle(ref, () => ({
    show: (line) => scrollTo(Math.max(0, line - base), 'center'),
  }));
  return (
    <div
      ref={scroller}
      role="region"
      aria-label="Lines"
      // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached by keyboard
      tabIndex={0}
      onScroll={({ currentTarget: { scrollTop, scrollHeight, clientHeight } }) => {
        if (scrollTop < lastTop.current - 1) onFollow(false);
        else if (scrollHeight - scrollTop - clientHeight < 2 && scrollTop > lastTop.current) onFollow(true);
        lastTop.current = scrollTop;
      }}
      className="h-[clamp(14rem,34dvh,32rem)] overflow-auto font-mono text-xs leading-4"
    >
      <div className="min-w-full" style={{ height }}>
        <div ref={body} className="w-max min-w-full">
          {shown.map((line) => (
            <div
              key={line}
              aria-current={line === marked ? 'true' : undefined}
              className="flex min-w-full aria-[current]:bg-warn-soft"
              style={{ height: LINE_PX }}
            >
              <span className="w-20 shrink-0 px-2 text-right text-faint tabular-nums select-none">
                {formatCount(line + 1)}
              </span>
              <span className="pr-4 whitespace-pre" dir="auto">
                {piecesOf(textAt(line)).map(({ text, className }, index) => (
                  <span
                    // biome-ignore lint/suspicious/noArrayIndexKey: pieces have nothing but their place
                    key={index}
                    className={className}
                  >
                    {text}
                  </span>
                ))}
              </span>
            </div>
          ))}
        </div>
      </div>
    </div>
  );
}
