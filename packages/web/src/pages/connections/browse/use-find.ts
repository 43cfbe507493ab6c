import { getRouteApi } from '@tanstack/react-router';
import { useEffect, useRef, useState } from 'react';

const route = getRouteApi('/shell/connections/$id');
const PAUSE_MS = 250;

/**
 * What is searched for among tables; the address of the page has it a little later, not at each key.
 * @param keep puts it there
 */
export function useFind(keep: (find: string) => void): readonly [string, (find: string) => void] {
  const { find = '' } = route.useSearch();
  const [text, setText] = useState(find);
  const keeping = useRef(keep);
  keeping.current = keep;
  useEffect(() => {
    if (text === find) return;
    const timer = setTimeout(() => keeping.current(text), PAUSE_MS);
    return () => clearTimeout(timer);
  }, [text, find]);
  return [text, setText];
}
