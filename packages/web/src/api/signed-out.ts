import { useSyncExternalStore } from 'react';

let signedOut = false;
const listeners = new Set<() => void>();

/** Whether the API refused a request for want of a session; the shell asks for a new one then, over the page as it is. */
export function setSignedOut(value: boolean): void {
  signedOut = value;
  for (const listener of listeners) listener();
}

const subscribe = (listener: () => void) => {
  listeners.add(listener);
  return () => listeners.delete(listener);
};

export const useSignedOut = (): boolean => useSyncExternalStore(subscribe, () => signedOut);
