import type { ErrorComponentProps } from '@tanstack/react-router';
import { ProblemNote } from '../ui/ProblemNote.tsx';

/** A page that could not be shown. */
export const PageProblem = ({ error, reset }: ErrorComponentProps) => (
  <main className="mx-auto max-w-xl p-8">
    <h1 className="mb-3 text-lg font-semibold">That did not work</h1>
    <ProblemNote error={error} retry={reset} />
  </main>
);
