import { useSyncExternalStore } from 'react';
import { isDark } from './theme.ts';

function subscribe(tell: () => void): () => void {
  const computer = matchMedia('(prefers-color-scheme: dark)');
  computer.addEventListener('change', tell);
  const chosen = new MutationObserver(tell);
  chosen.observe(document.documentElement, { attributeFilter: ['data-theme'] });
  return () => {
    computer.removeEventListener('change', tell);
    chosen.disconnect();
  };
}

/** Whether the page is dark now, for what cannot have its colours from the style sheet. */
export const useIsDark = (): boolean => useSyncExternalStore(subscribe, isDark);
