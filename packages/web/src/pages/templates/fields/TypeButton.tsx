import type { FieldTypeInfo } from '@datamaker/engine';
import { useState } from 'react';
import type { Field } from '../../../api/types.ts';
import type { Catalogue } from '../../../engine/protocol.ts';
import { Icon } from '../../../ui/Icon.tsx';
import { withType } from './field-edits.ts';
import { TypePicker } from './TypePicker.tsx';

/** The type of a field, and the way to another one. */
export function TypeButton({
  field,
  onChange,
  catalogue,
}: {
  field: Field;
  onChange: (field: Field) => void;
  catalogue: Catalogue;
}) {
  const [isOpen, setOpen] = useState(false);
  const type = catalogue.types.find(({ key, aliases }) => key === field.type || aliases.includes(field.type));
  const pick = (next: FieldTypeInfo): void => {
    setOpen(false);
    if (next.key === type?.key) return;
    const isBare = next.options.every(({ required, type: takes }) => !required && takes !== 'fields');
    onChange(withType(field, next.key, catalogue.common, isBare ? {} : next.exampleOptions));
  };
  return (
    <>
      <button
        type="button"
        aria-label={`Type of ${field.name}: ${type?.label ?? field.type}`}
        onClick={() => setOpen(true)}
        className={`inline-flex h-7 min-w-0 items-center gap-1 rounded-md border px-2 text-xs ${type === undefined ? 'border-bad text-bad' : 'border-line bg-sunken text-quiet hover:border-edge hover:text-ink'}`}
      >
        <span className="truncate">{type?.label ?? field.type}</span>
        <Icon name="down" className="size-3" />
      </button>
      {isOpen && (
        <TypePicker types={catalogue.types} current={type?.key ?? ''} onPick={pick} onClose={() => setOpen(false)} />
      )}
    </>
  );
}
