import { useSyncExternalStore } from 'react';

let isUnreached = false;
const listeners = new Set<() => void>();

/** Whether the server gave no answer when it was asked last. */
export const useUnreached = (): boolean => useSyncExternalStore(subscribe, () => isUnreached);

export function setUnreached(value: boolean): void {
  if (isUnreached === value) return;
  isUnreached = value;
  for (const listener of listeners) listener();
}

const subscribe = (listener: () => void) => {
  listeners.add(listener);
  return () => listeners.delete(listener);
};
