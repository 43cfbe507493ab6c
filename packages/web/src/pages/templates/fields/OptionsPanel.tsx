import type { OptionInfo } from '@datamaker/engine';
import { useContext } from 'react';
import type { Diagnostic } from '../../../api/problem.ts';
import type { Field } from '../../../api/types.ts';
import type { Catalogue } from '../../../engine/protocol.ts';
import { Labelled } from '../../../ui/Labelled.tsx';
import { optionOf, within, withOption } from './field-edits.ts';
import { NestedFields } from './nested-fields.ts';
import { OptionControl } from './OptionControl.tsx';
import { TypeButton } from './TypeButton.tsx';

/** What a field of a list and the field within an option have in common. */
export interface FieldPart {
  readonly field: Field;
  readonly onChange: (field: Field) => void;
  readonly pointer: string;
  readonly diagnostics: readonly Diagnostic[];
  readonly catalogue: Catalogue;
}

/** The options of a field, as its type declares them, with their help, and those that all types have. */
export function OptionsPanel(part: FieldPart) {
  const { field, catalogue } = part;
  const type = catalogue.types.find(({ key, aliases }) => key === field.type || aliases.includes(field.type));
  const own = type?.options ?? [];
  const common = catalogue.common.filter(({ name }) => name !== 'locale' || type?.localised);
  const isSet = common.some((option) => optionOf(field, option) !== undefined);
  return (
    <div className="flex flex-col gap-3">
      {type !== undefined && (
        <p className="text-xs text-quiet">
          {type.summary}
          {type.slow !== undefined && <span className="text-faint"> {type.slow}</span>}
        </p>
      )}
      {own.length > 0 && <OptionGrid part={part} options={own} />}
      <details open={own.length === 0 || isSet}>
        <summary className="mb-2 w-fit text-xs font-medium text-quiet hover:text-ink">
          Nulls, uniqueness and more
        </summary>
        <OptionGrid part={part} options={common} />
      </details>
    </div>
  );
}

const OptionGrid = ({ part, options }: { part: FieldPart; options: readonly OptionInfo[] }) => (
  <div className="grid gap-3 sm:grid-cols-2">
    {options.map((option) => (
      <Option key={option.name} part={part} option={option} />
    ))}
  </div>
);

const WIDE = new Set(['list', 'any', 'map', 'fields', 'field']);

function Option({ part, option }: { part: FieldPart; option: OptionInfo }) {
  const FieldsWithin = useContext(NestedFields);
  const { field, onChange, pointer, diagnostics, catalogue } = part;
  const value = optionOf(field, option);
  const at = `${pointer}/options/${option.name}`;
  const inner = { diagnostics, catalogue, pointer: at };
  const set = (next: unknown): void => onChange(withOption(field, option, next));
  const label = `${option.name.replaceAll('_', ' ')}${option.required ? ' *' : ''}`;
  if (option.type === 'fields') {
    return (
      <fieldset className="col-span-full min-w-0 border-l-2 border-accent-soft pl-3">
        <legend className="mb-1.5 text-xs font-medium text-quiet">{label}</legend>
        <FieldsWithin {...inner} fields={Array.isArray(value) ? (value as Field[]) : []} onChange={set} />
      </fieldset>
    );
  }
  if (option.type === 'field') {
    const one = { name: option.name, ...((value ?? { type: 'sequence' }) as object) } as Field;
    const setOne = ({ name: _, ...rest }: Field): void => set(rest);
    return (
      <fieldset className="col-span-full min-w-0 border-l-2 border-accent-soft pl-3">
        <legend className="mb-1.5 text-xs font-medium text-quiet">{label}</legend>
        <TypeButton field={one} onChange={setOne} catalogue={catalogue} />
        <div className="mt-2">
          <OptionsPanel {...inner} field={one} onChange={setOne} />
        </div>
      </fieldset>
    );
  }
  const [problem] = within(diagnostics, at);
  return (
    <div className={WIDE.has(option.type) || option.name === 'expression' ? 'col-span-full' : ''}>
      <Labelled label={label} help={option.summary} error={problem?.message}>
        {(control) => <OptionControl control={control} option={option} value={value} onValue={set} />}
      </Labelled>
    </div>
  );
}
