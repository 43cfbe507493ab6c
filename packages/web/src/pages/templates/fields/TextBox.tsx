import { type ComponentProps, useState } from 'react';

/**
 * A box for a value that has a text of its own. While it has the focus it shows what is typed; the value itself is what it reads as,
 * so that `1.` on the way to `1.5` is not taken away.
 */
export function TextBox<T>({
  value,
  show,
  read,
  onValue,
  lines = 0,
  ...rest
}: {
  value: T;
  show: (value: T) => string;
  read: (text: string) => T;
  onValue: (value: T) => void;
  /** More than one line. */
  lines?: number;
} & Omit<ComponentProps<'input'> & ComponentProps<'textarea'>, 'value' | 'onChange' | 'ref'>) {
  const [typed, setTyped] = useState<string>();
  const shared = {
    ...rest,
    value: typed ?? show(value),
    spellCheck: false,
    autoComplete: 'off',
    onFocus: () => setTyped(show(value)),
    onBlur: () => setTyped(undefined),
    onChange: ({ target }: { target: { value: string } }) => {
      setTyped(target.value);
      onValue(read(target.value));
    },
  };
  return lines > 0 ? (
    <textarea
      {...shared}
      rows={lines}
      className="control h-auto w-full resize-y py-1.5 font-mono text-xs leading-relaxed"
    />
  ) : (
    <input {...shared} className="control w-full" />
  );
}
