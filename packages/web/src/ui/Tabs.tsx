import * as Radix from '@radix-ui/react-tabs';
import type { ReactNode } from 'react';

/** Panels of which one is shown. */
export function Tabs({
  tabs,
  value,
  onChange,
  label,
  aside,
}: {
  tabs: readonly { readonly value: string; readonly label: string; readonly content: () => ReactNode }[];
  value: string;
  onChange: (value: string) => void;
  label: string;
  aside?: ReactNode;
}) {
  return (
    <Radix.Root value={value} onValueChange={onChange} className="flex min-h-0 min-w-0 flex-1 flex-col">
      <div className="flex flex-wrap items-center justify-between gap-x-3 border-b border-line px-3">
        <Radix.List aria-label={label} className="flex">
          {tabs.map((tab) => (
            <Radix.Trigger
              key={tab.value}
              value={tab.value}
              className="-mb-px border-b-2 border-transparent px-2.5 py-2 text-sm text-quiet hover:text-ink data-[state=active]:border-accent data-[state=active]:font-medium data-[state=active]:text-ink"
            >
              {tab.label}
            </Radix.Trigger>
          ))}
        </Radix.List>
        {aside}
      </div>
      {tabs.map((tab) => (
        <Radix.Content key={tab.value} value={tab.value} className="flex min-h-0 min-w-0 flex-1 flex-col">
          {tab.content()}
        </Radix.Content>
      ))}
    </Radix.Root>
  );
}
