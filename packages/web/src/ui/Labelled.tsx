import { type ReactElement, useId } from 'react';

/** What a control is told by what stands around it. */
export interface ControlProps {
  readonly id: string;
  readonly 'aria-describedby': string | undefined;
  readonly 'aria-invalid': boolean | undefined;
}

/** A control with its label above it, help below, and what is wrong with it. */
export function Labelled({
  label,
  help,
  error,
  children,
}: {
  label: string;
  help?: string | undefined;
  error?: string | undefined;
  children: (control: ControlProps) => ReactElement;
}) {
  const id = useId();
  const said = error ?? help;
  return (
    <div className="flex min-w-0 flex-col gap-1">
      <label htmlFor={id} className="text-xs font-medium text-quiet">
        {label}
      </label>
      {children({
        id,
        'aria-describedby': said === undefined ? undefined : `${id}-said`,
        'aria-invalid': error === undefined ? undefined : true,
      })}
      {said !== undefined && (
        <p id={`${id}-said`} className={`text-xs ${error === undefined ? 'text-faint' : 'text-bad'}`}>
          {said}
        </p>
      )}
    </div>
  );
}
