import { type ReactNode, useEffect, useRef, useState } from 'react';

/** Items of a chunk: a list that is no longer is all there. */
const SIZE = 50;
/** What an item takes that was not drawn yet. */
const ITEM_PX = 37;

/**
 * Lists of items, of which only those near to what is in sight are drawn; the others keep their place.
 * @param wanted places of items that are drawn wherever they are, since they get the focus or are dragged; below 0: none
 */
export function Chunks<T>({
  items,
  label,
  wanted,
  render,
}: {
  items: readonly T[];
  label: string;
  wanted: readonly number[];
  render: (item: T) => ReactNode;
}) {
  const [near, setNear] = useState<ReadonlySet<number>>(() => new Set([0]));
  const heights = useRef(new Map<number, number>());
  const box = useRef<HTMLDivElement>(null);
  const count = Math.max(1, Math.ceil(items.length / SIZE));
  useEffect(() => {
    if (box.current === null || count === 1) return;
    const inSight = new Set<number>();
    const sight = new IntersectionObserver((entries) => {
      for (const { target, isIntersecting, boundingClientRect } of entries) {
        const chunk = Number((target as HTMLElement).dataset['chunk']);
        if (isIntersecting) inSight.add(chunk);
        else inSight.delete(chunk);
        if (target.childElementCount > 1) heights.current.set(chunk, boundingClientRect.height);
      }
      setNear(new Set([...inSight].flatMap((chunk) => [chunk - 1, chunk, chunk + 1])));
    });
    for (const list of box.current.children) sight.observe(list);
    return () => sight.disconnect();
  }, [count]);
  return (
    <div ref={box}>
      {Array.from({ length: count }, (_, chunk) => {
        const from = chunk * SIZE;
        const part = items.slice(from, from + SIZE);
        const isThere = count === 1 || near.has(chunk) || wanted.some((place) => place >= from && place < from + SIZE);
        return (
          <ol
            // biome-ignore lint/suspicious/noArrayIndexKey: chunks have nothing but their place
            key={chunk}
            data-chunk={chunk}
            start={from + 1}
            aria-label={count === 1 ? label : `${label}, ${from + 1} to ${from + part.length}`}
          >
            {isThere ? (
              part.map(render)
            ) : (
              <li aria-hidden="true" style={{ height: heights.current.get(chunk) ?? part.length * ITEM_PX }} />
            )}
          </ol>
        );
      })}
    </div>
  );
}
