import type { ReactNode } from 'react';

/** The frame of pages for those who are not signed in. */
export const Card = ({ title, children }: { title: string; children: ReactNode }) => (
  <main className="flex min-h-dvh items-center justify-center p-4">
    <div className="w-full max-w-sm rounded-xl border border-line bg-panel p-6 shadow-sm">
      <img src="/app/icon.svg" alt="" className="mb-4 size-9" />
      <h1 className="mb-4 text-lg font-semibold tracking-tight">{title}</h1>
      {children}
    </div>
  </main>
);
