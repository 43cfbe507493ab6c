import { type ErrorComponentProps, useRouter } from '@tanstack/react-router';
import { useEffect } from 'react';
import { MissingCode } from '../api/missing-code.ts';
import { loadNewerBuild } from '../api/newer-build.ts';
import { ProblemNote } from '../ui/ProblemNote.tsx';

/** A page that could not be shown. */
export const PageProblem = ({ error, reset }: ErrorComponentProps) => {
  const router = useRouter();
  const isMissing = error instanceof MissingCode;
  useEffect(() => {
    // The page before it has been left, and has asked for what was not saved there.
    if (isMissing) void loadNewerBuild();
  }, [isMissing]);
  // Its code is asked for by the router, not by what is drawn.
  const retry = (): void => void (isMissing ? router.invalidate().finally(reset) : reset());
  return (
    <main className="mx-auto max-w-xl p-8">
      <h1 className="mb-3 text-lg font-semibold">That did not work</h1>
      <ProblemNote error={error} retry={retry} />
    </main>
  );
};
