import { useState } from 'react';
import type { ControlProps } from '../../../ui/Labelled.tsx';

/** A value as JSON. What is no JSON yet is not taken over, and says so. */
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
  return (
    <textarea
      {...control}
      aria-invalid={isWrong || control['aria-invalid']}
      value={typed ?? shown}
      rows={Math.min(10, Math.max(2, shown.split('\n').length))}
      spellCheck={false}
      onFocus={() => setTyped(shown)}
      onBlur={() => {
        if (!isWrong) setTyped(undefined);
      }}
      onChange={({ target }) => {
        setTyped(target.value);
        if (target.value.trim() === '') {
          setWrong(false);
          onValue(undefined);
          return;
        }
        try {
          const read: unknown = JSON.parse(target.value);
          setWrong(false);
          onValue(read);
        } catch {
          setWrong(true);
        }
      }}
      className="control h-auto w-full resize-y py-1.5 font-mono text-xs leading-relaxed"
    />
  );
}
