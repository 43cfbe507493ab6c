import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { ask } from '../../../api/client.ts';
import { numbersOf } from './numbers-of.ts';

/** Places that are stepped through; a log may have a text on every line. */
const MOST = 1000;

/** Numbers of lines with a text in them, counted from 0. @param path of the run */
export async function findLines(path: string, text: string): Promise<readonly number[]> {
  const asked = `${path}/logs?search=${encodeURIComponent(text)}&lines=${MOST}`;
  const response = await ask('GET', asked, { headers: { Accept: 'text/plain' } });
  return numbersOf(await response.text()).map((number) => number - 1);
}

/** A search through the whole log, at the server. */
export function useLogSearch(path: string, show: (line: number) => void) {
  const [text, setText] = useState('');
  const [at, setAt] = useState(0);
  const query = useQuery({
    queryKey: ['log search', path, text],
    queryFn: () => findLines(path, text),
    enabled: text !== '',
    gcTime: 0,
  });
  const found = text === '' ? undefined : query.data;
  const go = (to: number, lines: readonly number[]): void => {
    const next = (to + lines.length) % lines.length;
    setAt(next);
    const line = lines[next];
    if (line !== undefined) show(line);
  };
  return {
    text,
    error: query.error,
    /** `3 of 12`. */
    told:
      found === undefined
        ? query.isFetching
          ? 'Searching …'
          : ''
        : found.length === 0
          ? 'Nothing found'
          : `${at + 1} of ${found.length}${found.length === MOST ? '+' : ''}`,
    current: found?.[at],
    hasFound: found !== undefined && found.length > 0,
    /** Goes to the next place, or searches for another text. */
    search: async (wanted: string): Promise<void> => {
      if (wanted === text && found !== undefined) return void (found.length > 0 && go(at + 1, found));
      setText(wanted);
      setAt(0);
    },
    step: (by: number) => found !== undefined && found.length > 0 && go(at + by, found),
    first: found?.[0],
  };
}
