import type { ReactElement } from 'react';
import { type ControlProps, Labelled } from '../../../ui/Labelled.tsx';
import { JsonBox } from '../../templates/fields/JsonBox.tsx';
import type { Setting } from './settings.ts';

/** The control for one option of a connection; what is empty is not said. */
export function SettingField({
  setting: { label, help, kind },
  value,
  onValue,
}: {
  setting: Setting;
  value: unknown;
  onValue: (value: unknown) => void;
}) {
  if (kind === 'switch') {
    return (
      <label className="flex items-center gap-2 self-end pb-1.5">
        <input
          type="checkbox"
          className="size-4 accent-accent"
          checked={value === true}
          onChange={({ target }) => onValue(target.checked ? true : undefined)}
        />
        {label}
      </label>
    );
  }
  const said = (text: string): unknown => (text === '' ? undefined : text);
  const control = (props: ControlProps): ReactElement => {
    switch (kind) {
      case 'json':
        return <JsonBox control={props} value={value} onValue={onValue} />;
      case 'long':
        return (
          <textarea
            {...props}
            rows={3}
            spellCheck={false}
            value={String(value ?? '')}
            onChange={({ target }) => onValue(said(target.value))}
            className="control h-auto w-full py-1.5 font-mono text-xs"
          />
        );
      case 'number':
        return (
          <input
            {...props}
            type="number"
            min={0}
            step="any"
            value={String(value ?? '')}
            onChange={({ target }) => onValue(target.value === '' ? undefined : Number(target.value))}
            className="control"
          />
        );
      case 'list':
        return (
          <input
            {...props}
            autoComplete="off"
            spellCheck={false}
            defaultValue={Array.isArray(value) ? value.join(', ') : ''}
            onChange={({ target }) => onValue(readNames(target.value))}
            className="control"
          />
        );
      case 'text':
        return (
          <input
            {...props}
            autoComplete="off"
            spellCheck={false}
            value={String(value ?? '')}
            onChange={({ target }) => onValue(said(target.value))}
            className="control"
          />
        );
      default:
        return (
          <select
            {...props}
            value={String(value ?? '')}
            onChange={({ target }) => onValue(said(target.value))}
            className="control"
          >
            <option value="">As usual</option>
            {kind.map((one) => (
              <option key={one}>{one}</option>
            ))}
          </select>
        );
    }
  };
  return (
    <Labelled label={label} help={help}>
      {control}
    </Labelled>
  );
}

function readNames(text: string): string[] | undefined {
  const names = text
    .split(',')
    .map((name) => name.trim())
    .filter(Boolean);
  return names.length === 0 ? undefined : names;
}
