import { useState } from 'react';
import type { ControlProps } from '../../../ui/Labelled.tsx';

const WRONG = 'This is no JSON';

/** A value as JSON. What is no JSON yet is not taken over, and says so; a form around it is not sent meanwhile. */
export function JsonBox({
  control,
  value,
  onValue,
}: {
  control: ControlProps;
  value: unknown;
  onValue: (value: unknown) => void;
}) {
  const [typed, setTyped] = useState<string>();
  const [isWrong, setWrong] = useState(false);
  const shown = value === undefined ? '' : JSON.stringify(value, null, 2);
  const saysId = `${control.id}-wrong`;
  return (
    <>
      <textarea
        {...control}
        aria-invalid={isWrong || control['aria-invalid']}
        aria-describedby={isWrong ? saysId : control['aria-describedby']}
        value={typed ?? shown}
        rows={Math.min(10, Math.max(2, shown.split('\n').length))}
        spellCheck={false}
        // What is no JSON yet stays, to be mended.
        onFocus={() => setTyped((before) => before ?? shown)}
        onBlur={() => {
          if (!isWrong) setTyped(undefined);
        }}
        onChange={({ target }) => {
          const read = readJson(target.value);
          const isNone = read === undefined;
          setTyped(target.value);
          setWrong(isNone);
          target.setCustomValidity(isNone ? WRONG : '');
          if (read !== undefined) onValue(read.value);
        }}
        className="control h-auto w-full resize-y py-1.5 font-mono text-xs leading-relaxed"
      />
      {isWrong && (
        <p id={saysId} className="text-xs text-bad">
          {WRONG}: it is not taken over.
        </p>
      )}
    </>
  );
}

/** @returns undefined: it is no JSON; an empty text says no value */
function readJson(text: string): { readonly value: unknown } | undefined {
  if (text.trim() === '') return { value: undefined };
  try {
    return { value: JSON.parse(text) };
  } catch {
    return undefined;
  }
}
