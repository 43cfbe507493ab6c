import { type RefObject, useLayoutEffect, useState } from 'react';

/** Columns that are there beside those in sight, in pixels. */
const BESIDE_PX = 300;
/** So few columns are there all the time. */
const FEW = 12;

/** Which columns of a box that scrolls are there, [first, last), and how wide those before them are. */
export function useColumnsInSight(scroller: RefObject<HTMLElement | null>, widths: readonly number[]) {
  const [sight, setSight] = useState({ left: 0, width: 1200 });
  const isMany = widths.length > FEW;
  useLayoutEffect(() => {
    const box = scroller.current;
    if (box === null || !isMany) return;
    const look = (): void => {
      const [left, width] = [Math.floor(box.scrollLeft / 100) * 100, box.clientWidth];
      setSight((before) => (before.left === left && before.width === width ? before : { left, width }));
    };
    const sizes = new ResizeObserver(look);
    sizes.observe(box);
    box.addEventListener('scroll', look, { passive: true });
    look();
    return () => {
      sizes.disconnect();
      box.removeEventListener('scroll', look);
    };
  }, [scroller, isMany]);
  if (!isMany) return { first: 0, last: widths.length, before: 0 };
  let [first, before] = [0, 0];
  while (first < widths.length - 1 && before + (widths[first] ?? 0) < sight.left - BESIDE_PX) {
    before += widths[first++] ?? 0;
  }
  let [last, end] = [first, before];
  while (last < widths.length && end < sight.left + sight.width + BESIDE_PX + 100) end += widths[last++] ?? 0;
  return { first, last, before };
}
