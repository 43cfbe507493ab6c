import type { Diagnostic } from '../../../api/problem.ts';
import { Icon } from '../../../ui/Icon.tsx';
import { offeredWord } from './field-edits.ts';

/** What is wrong at a place, what to do about it, and a button that does it where one word is all. */
export function DiagnosticNotes({
  diagnostics,
  fix,
}: {
  diagnostics: readonly Diagnostic[];
  fix?: (one: Diagnostic, word: string) => void;
}) {
  if (diagnostics.length === 0) return null;
  return (
    <ul className="flex flex-col gap-1 text-xs">
      {diagnostics.slice(0, 5).map((one) => {
        const word = offeredWord(one);
        return (
          <li key={`${one.code}${one.pointer}${one.message}`} className="flex gap-1.5 text-bad">
            <Icon name="warning" className="mt-px size-3.5" />
            <span className="min-w-0 wrap-anywhere">
              {one.message}
              {one.hint !== undefined && <span className="text-quiet"> — {one.hint}</span>}{' '}
              {word !== undefined && fix !== undefined && (
                <button
                  type="button"
                  onClick={() => fix(one, word)}
                  className="font-medium text-accent underline underline-offset-2"
                >
                  Use {word}
                </button>
              )}
            </span>
          </li>
        );
      })}
    </ul>
  );
}
