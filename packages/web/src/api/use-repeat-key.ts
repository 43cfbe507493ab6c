import { useState } from 'react';
import { askJson } from './client.ts';
import { RepeatKey } from './repeat-key.ts';

/** Posts what a form asks for under a key of its own: tried again, it has one effect. @returns what sends; throws Problem */
export function useRepeatKey() {
  const [keys] = useState(() => new RepeatKey());
  return async <T>(path: string, body: object): Promise<T> => {
    const key = keys.of(JSON.stringify([path, body]));
    const answer = await askJson<T>('POST', path, { body, headers: { 'Idempotency-Key': key } });
    keys.done(key);
    return answer;
  };
}
