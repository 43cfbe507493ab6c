import { elementScroll, observeElementOffset, useVirtualizer } from '@tanstack/react-virtual';
import { type KeyboardEvent, useLayoutEffect, useRef } from 'react';

/** Boxes of browsers end somewhere above this, Firefox's first. */
const TALLEST_PX = 15_000_000;

/**
 * Rows of one height in a box that scrolls, also where all of them together are taller than a box can be: it is then as tall as it may be,
 * and its bar moves over all rows. @returns the box, the group of rows within it that is as tall as `height`, and the rows that are there,
 * each with its place in the group
 */
export function useManyRows({ count, rowPx, overscan }: { count: number; rowPx: number; overscan: number }) {
  const scroller = useRef<HTMLDivElement>(null);
  const body = useRef<HTMLDivElement>(null);
  const anchor = useRef(0);
  const height = Math.min(count * rowPx, TALLEST_PX);
  const extra = count * rowPx - height;
  // What listens to the box was told to when there were perhaps fewer rows.
  const latestExtra = useRef(extra);
  latestExtra.current = extra;
  const shiftAt = (box: Element): number =>
    (latestExtra.current * box.scrollTop) / Math.max(1, box.scrollHeight - box.clientHeight);
  /** The rows stand where the first of them was when they were drawn; the group of them moves with the bar. */
  const place = (box: Element): void => {
    if (body.current !== null) body.current.style.transform = `translateY(${anchor.current - shiftAt(box)}px)`;
  };
  const rows = useVirtualizer<HTMLDivElement, HTMLDivElement>({
    count,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowPx,
    overscan,
    observeElementOffset: (instance, tell) =>
      observeElementOffset(instance, (offset, isScrolling) => {
        const box = scroller.current;
        if (box !== null) place(box);
        tell(offset + (box === null ? 0 : shiftAt(box)), isScrolling);
      }),
    scrollToFn: (offset, options, instance) => elementScroll(offset * shareOf(scroller.current), options, instance),
  });
  /** How far the bar moves for a pixel of rows. */
  const shareOf = (box: Element | null): number => {
    if (box === null || extra === 0) return 1;
    const range = Math.max(1, box.scrollHeight - box.clientHeight);
    return range / (range + extra);
  };
  const shown = rows.getVirtualItems();
  anchor.current = shown[0]?.start ?? 0;
  /** Arrows go by rows, and pages by what is in sight, however far the bar would have gone. */
  const onKeyDown = (event: KeyboardEvent<HTMLDivElement>): void => {
    const box = event.currentTarget;
    if (extra === 0 || event.target !== box || event.ctrlKey || event.metaKey || event.altKey) return;
    const pagePx = Math.max(rowPx, Math.floor(box.clientHeight / rowPx - 2) * rowPx);
    const by = { ArrowDown: rowPx, ArrowUp: -rowPx, PageDown: pagePx, PageUp: -pagePx }[event.key];
    if (by === undefined) return;
    event.preventDefault();
    box.scrollTop += Math.sign(by) * Math.ceil(Math.abs(by) * shareOf(box));
  };
  useLayoutEffect(() => {
    if (scroller.current !== null) place(scroller.current);
  });
  const placed = shown.map(({ index, start }) => ({ index, top: start - anchor.current }));
  return { scroller, body, height, shown: placed, onKeyDown };
}
