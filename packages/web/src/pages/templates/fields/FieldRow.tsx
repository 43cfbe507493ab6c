import type { KeyboardEvent } from 'react';
import type { Diagnostic } from '../../../api/problem.ts';
import { IconButton } from '../../../ui/Button.tsx';
import { Icon } from '../../../ui/Icon.tsx';
import { Menu } from '../../../ui/Menu.tsx';
import { DiagnosticNotes } from './DiagnosticNotes.tsx';
import { optionOf, within, withOption } from './field-edits.ts';
import { type FieldPart, OptionsPanel } from './OptionsPanel.tsx';
import { TypeButton } from './TypeButton.tsx';

const SENSITIVE = { name: 'sensitive', aliases: [] };
const LOCALE = { name: 'locale', aliases: [] };
const NULLS = { name: 'null_percentage', aliases: ['blankPercentage', 'blank_percentage'] };

/** A field: its name, type and marks, what is wrong with it, and its options when it is open. */
export function FieldRow({
  isOpen,
  onOpen,
  onMove,
  onDrag,
  onDuplicate,
  onRemove,
  ...part
}: FieldPart & {
  isOpen: boolean;
  onOpen: (open: boolean) => void;
  /** By keyboard: one place up (-1) or down (1). */
  onMove: (step: -1 | 1) => void;
  /** By pointer: what is dragged begins here. */
  onDrag: () => void;
  onDuplicate: () => void;
  onRemove: () => void;
}) {
  const { field, onChange, pointer, diagnostics, catalogue } = part;
  const problems = within(diagnostics, pointer);
  const type = catalogue.types.find(({ key, aliases }) => key === field.type || aliases.includes(field.type));
  const isSensitive = optionOf(field, SENSITIVE) ?? type?.sensitive === true;
  const nulls = optionOf(field, NULLS);
  const move = (event: KeyboardEvent): void => {
    const step = event.key === 'ArrowUp' ? -1 : event.key === 'ArrowDown' ? 1 : undefined;
    if (step === undefined) return;
    event.preventDefault();
    onMove(step);
  };
  const fix = ({ code }: Diagnostic, word: string): void =>
    onChange(code === 'unknown_type' ? { ...field, type: word } : withOption(field, LOCALE, word));
  return (
    <div className={`border-b border-line last:border-0 ${isOpen ? 'bg-sunken/50' : ''}`}>
      <div className="flex items-center gap-1.5 py-1 pr-1.5 pl-1">
        <button
          type="button"
          draggable
          onDragStart={(event) => {
            // Firefox drags only what has data.
            event.dataTransfer.setData('text/plain', field.name);
            event.dataTransfer.effectAllowed = 'move';
            onDrag();
          }}
          onKeyDown={move}
          aria-label={`Move ${field.name}: drag it, or press the up and down arrows`}
          title="Drag, or press the up and down arrows"
          className="flex h-7 w-5 shrink-0 cursor-grab items-center justify-center rounded text-faint hover:bg-sunken"
        >
          <Icon name="grip" />
        </button>
        <input
          aria-label="Name of the field"
          aria-invalid={within(diagnostics, `${pointer}/name`).length > 0 || undefined}
          value={field.name}
          spellCheck={false}
          autoComplete="off"
          onChange={({ target }) => onChange({ ...field, name: target.value })}
          className="h-7 min-w-0 flex-1 rounded-md border border-transparent bg-transparent px-1.5 font-mono text-xs hover:border-line focus:border-edge focus:bg-panel aria-invalid:border-bad"
        />
        {nulls !== undefined && nulls !== 0 && (
          <span title={`${String(nulls)} % null`} className="text-xs text-faint tabular-nums">
            {String(nulls)}%∅
          </span>
        )}
        <span className="flex max-w-[45%] min-w-0 shrink-0">
          <TypeButton field={field} onChange={onChange} catalogue={catalogue} />
        </span>
        <IconButton
          label={isSensitive ? 'Sensitive: exports of it are in the audit' : 'Mark as sensitive'}
          icon="lock"
          aria-pressed={isSensitive === true}
          className={isSensitive === true ? 'text-warn' : 'opacity-50'}
          onClick={() => onChange(withOption(field, SENSITIVE, isSensitive !== true))}
        />
        <IconButton
          label={`${isOpen ? 'Close' : 'Open'} the options of ${field.name}`}
          icon={isOpen ? 'down' : 'chevron'}
          aria-expanded={isOpen}
          onClick={() => onOpen(!isOpen)}
        />
        <Menu
          trigger={<IconButton label={`More for ${field.name}`} icon="more" />}
          items={[
            { label: 'Duplicate', icon: 'copy', onSelect: onDuplicate },
            { label: 'Remove', icon: 'trash', danger: true, onSelect: onRemove },
          ]}
        />
      </div>
      {problems.length > 0 && (
        <div className="pr-2 pb-2 pl-8">
          <DiagnosticNotes diagnostics={problems} fix={fix} />
        </div>
      )}
      {isOpen && (
        <div className="border-t border-line py-3 pr-3 pl-8">
          <OptionsPanel {...part} />
        </div>
      )}
    </div>
  );
}
