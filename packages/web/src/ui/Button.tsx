import type { ButtonHTMLAttributes, ReactNode, Ref } from 'react';
import { Icon, type IconName } from './Icon.tsx';

const LOOKS = {
  primary: 'bg-accent text-accent-ink border-transparent hover:brightness-110 font-medium',
  plain: 'bg-panel text-ink border-edge hover:bg-sunken',
  ghost: 'bg-transparent text-quiet border-transparent hover:bg-sunken hover:text-ink',
  danger: 'bg-bad text-ground border-transparent hover:brightness-110 font-medium',
} as const;

interface Look {
  readonly look?: keyof typeof LOOKS;
  readonly icon?: IconName;
  readonly busy?: boolean;
  readonly children?: ReactNode;
  readonly ref?: Ref<HTMLButtonElement>;
}

/** A button with a word on it; `busy` while what it does is under way. */
export function Button({
  look = 'plain',
  icon,
  busy = false,
  children,
  className = '',
  disabled,
  ...rest
}: Look & ButtonHTMLAttributes<HTMLButtonElement>) {
  return (
    <button
      type="button"
      {...rest}
      disabled={disabled || busy}
      aria-busy={busy}
      className={`inline-flex h-8 shrink-0 items-center justify-center gap-1.5 rounded-md border px-2.5 text-sm whitespace-nowrap transition-colors disabled:opacity-55 ${LOOKS[look]} ${className}`}
    >
      {icon !== undefined && <Icon name={icon} />}
      {children}
    </button>
  );
}

/** A button that is an icon; `label` is its name. */
export function IconButton({
  label,
  icon,
  className = '',
  ...rest
}: { label: string; icon: IconName; ref?: Ref<HTMLButtonElement> } & ButtonHTMLAttributes<HTMLButtonElement>) {
  return (
    <button
      type="button"
      aria-label={label}
      title={label}
      {...rest}
      className={`inline-flex size-7 shrink-0 items-center justify-center rounded-md text-faint transition-colors hover:bg-sunken hover:text-ink disabled:opacity-40 ${className}`}
    >
      <Icon name={icon} />
    </button>
  );
}
