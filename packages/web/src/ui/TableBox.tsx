import type { ReactNode } from 'react';

/** Around a table that may be wider than the page: it scrolls by itself, by keyboard as well. @param label the name of the table */
export const TableBox = ({ label, children }: { label: string; children: ReactNode }) => (
  // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached by keyboard
  <div role="group" aria-label={label} tabIndex={0} className="overflow-x-auto rounded-lg border border-line bg-panel">
    {children}
  </div>
);
