import { type KeyboardEvent, type RefObject, useLayoutEffect, useRef, useState } from 'react';
import { flushSync } from 'react-dom';

/** Boxes of Firefox end a little above this. */
const TALLEST_PX = 17_600_000;
/** Boxes of Chromium end a little above this, in pixels of the screen: at twice as many, or zoomed to twice the size, in half of it. */
const TALLEST_ON_SCREEN = 33_500_000;
/** How tall a box can be, in pixels of the page; less where pages are zoomed, or moved to a finer screen. */
const tallestNow = (): number => Math.min(TALLEST_PX, Math.floor(TALLEST_ON_SCREEN / window.devicePixelRatio));
/** The group begins with a line of a multiple of this. */
const GROUP = 512;
/** Lines that are there before the box was measured. */
const FIRST_LINES = 40;

export interface ManyLines {
  /** The box that scrolls, and the group of lines within it, which is as tall as `height`. */
  readonly scroller: RefObject<HTMLDivElement | null>;
  readonly body: RefObject<HTMLDivElement | null>;
  readonly height: number;
  /** The lines that are there, [first, last). */
  readonly first: number;
  readonly last: number;
  /** Arrows go by lines, and pages by what is in sight, however far the bar would have gone. */
  readonly onKeyDown: (event: KeyboardEvent<HTMLDivElement>) => void;
  readonly scrollTo: (line: number, align: 'end' | 'center') => void;
}

/**
 * Lines of one height in a box that scrolls, of which those in sight are there. Nothing is kept of the others, so that a million costs
 * no more than forty. Where all of them are taller than a box can be, it is as tall as it may be, and its bar moves over all lines.
 * @param overscan lines that are there above and below those in sight
 */
export function useManyLines(count: number, linePx: number, overscan: number): ManyLines {
  const scroller = useRef<HTMLDivElement>(null);
  const body = useRef<HTMLDivElement>(null);
  const [sight, setSight] = useState(() => ({ top: 0, lines: FIRST_LINES, tallest: tallestNow() }));
  const height = Math.min(count * linePx, sight.tallest);
  const extra = count * linePx - height;
  const first = Math.max(0, Math.min(sight.top, count - sight.lines) - overscan);
  const last = Math.min(count, Math.max(0, Math.min(sight.top, count - 1)) + sight.lines + overscan);
  // What listens to the box was told to when there were perhaps fewer lines.
  const latest = useRef({ extra, first });
  latest.current = { extra, first };
  /** By how much the lines are further than the bar. */
  const shiftAt = (box: Element): number =>
    (latest.current.extra * box.scrollTop) / Math.max(1, box.scrollHeight - box.clientHeight);
  /**
   * Lines keep their place in the group while others come and go, so that those that stay are not painted anew; the group moves with
   * the bar.
   */
  const place = (box: Element): void => {
    if (body.current === null) return;
    const shift = latest.current.extra === 0 ? 0 : shiftAt(box);
    const into = latest.current.first % GROUP;
    body.current.style.paddingTop = `${into * linePx}px`;
    body.current.style.transform = `translateY(${(latest.current.first - into) * linePx - shift}px)`;
  };
  /** How far the bar moves for a pixel of lines. */
  const shareOf = (box: Element): number => {
    if (extra === 0) return 1;
    const range = Math.max(1, box.scrollHeight - box.clientHeight);
    return range / (range + extra);
  };
  const scrollTo = (line: number, align: 'end' | 'center'): void => {
    const box = scroller.current;
    if (box === null) return;
    const above = box.clientHeight - linePx;
    box.scrollTop = (line * linePx - (align === 'end' ? above : above / 2)) * shareOf(box);
  };
  const onKeyDown = (event: KeyboardEvent<HTMLDivElement>): void => {
    const box = event.currentTarget;
    if (extra === 0 || event.target !== box || event.ctrlKey || event.metaKey || event.altKey) return;
    const pagePx = Math.max(linePx, Math.floor(box.clientHeight / linePx - 2) * linePx);
    const by = { ArrowDown: linePx, ArrowUp: -linePx, PageDown: pagePx, PageUp: -pagePx }[event.key];
    if (by === undefined) return;
    event.preventDefault();
    box.scrollTop += Math.sign(by) * Math.ceil(Math.abs(by) * shareOf(box));
  };
  const look = useRef((_box: HTMLElement): void => {});
  look.current = (box) => {
    const top = Math.floor((box.scrollTop + shiftAt(box)) / linePx);
    const lines = Math.ceil(box.clientHeight / linePx) + 1;
    const tallest = tallestNow();
    setSight((before) =>
      before.top === top && before.lines === lines && before.tallest === tallest ? before : { top, lines, tallest },
    );
  };
  // biome-ignore lint/correctness/useExhaustiveDependencies: what the listeners go by is looked up when something happens
  useLayoutEffect(() => {
    const box = scroller.current;
    if (box === null) return;
    const onScroll = (): void => {
      if (latest.current.extra > 0) place(box);
      // What is scrolled to is there in the same frame.
      flushSync(() => look.current(box));
    };
    const sizes = new ResizeObserver(() => {
      look.current(box);
      place(box);
    });
    sizes.observe(box);
    box.addEventListener('scroll', onScroll, { passive: true });
    look.current(box);
    return () => {
      sizes.disconnect();
      box.removeEventListener('scroll', onScroll);
    };
  }, []);
  // biome-ignore lint/correctness/useExhaustiveDependencies: it is looked where the bar is, which takes a layout, only when they are others
  useLayoutEffect(() => {
    if (scroller.current !== null) place(scroller.current);
  }, [first, extra]);
  return { scroller, body, height, first, last, onKeyDown, scrollTo };
}
