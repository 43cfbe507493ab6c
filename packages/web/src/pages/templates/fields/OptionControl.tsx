import type { OptionInfo } from '@datamaker/engine';
import type { ControlProps } from '../../../ui/Labelled.tsx';
import { JsonBox } from './JsonBox.tsx';
import {
  readCount,
  readLines,
  readNumber,
  readWeights,
  showCount,
  showLines,
  showPlain,
  showWeights,
} from './option-values.ts';
import { TextBox } from './TextBox.tsx';

const TEXT = { show: showPlain, read: (text: string): unknown => text };
/** How values are typed, by the kind that the catalogue names. */
const BOXES: Readonly<
  Record<
    string,
    { readonly show: (value: unknown) => string; readonly read: (text: string) => unknown; readonly lines?: number }
  >
> = {
  integer: { show: showPlain, read: readNumber },
  number: { show: showPlain, read: readNumber },
  count: { show: showCount, read: readCount },
  weights: { show: showWeights, read: readWeights },
  list: { show: (value) => (Array.isArray(value) ? showLines(value) : showPlain(value)), read: readLines, lines: 4 },
  string: TEXT,
  text: TEXT,
  date: TEXT,
  datetime: TEXT,
  time: TEXT,
};

/** What an empty box holds, by the kind. */
const PLACEHOLDERS: Readonly<Record<string, string>> = {
  count: '3, or 1-4',
  list: 'One value in a line',
  weights: '7, 2, 1',
  date: '2025-12-31',
  datetime: '2025-12-31T12:00:00Z',
};

/** The control for an option, by what it takes; an empty one leaves the option out. */
export function OptionControl({
  control,
  option,
  value,
  onValue,
}: {
  control: ControlProps;
  option: Pick<OptionInfo, 'name' | 'type' | 'default'>;
  value: unknown;
  onValue: (value: unknown) => void;
}) {
  const choices = option.type.includes(' | ') ? option.type.split(' | ') : undefined;
  const byDefault = option.default === undefined ? '' : showPlain(option.default);
  if (option.type === 'boolean' || choices !== undefined) {
    const words = choices ?? ['true', 'false'];
    return (
      <select
        {...control}
        className="control w-full"
        value={value === undefined ? '' : String(value)}
        onChange={({ target }) =>
          onValue(target.value === '' ? undefined : choices === undefined ? target.value === 'true' : target.value)
        }
      >
        <option value="">
          {byDefault === '' ? (choices === undefined ? 'no' : 'any') : `${yesOr(byDefault)} (default)`}
        </option>
        {words.map((word) => (
          <option key={word} value={word}>
            {yesOr(word)}
          </option>
        ))}
      </select>
    );
  }
  const box = BOXES[option.type] ?? (option.type.startsWith('whole number') ? BOXES['integer'] : undefined);
  if (box === undefined) return <JsonBox control={control} value={value} onValue={onValue} />;
  return (
    <TextBox
      {...control}
      value={value}
      show={box.show}
      read={(text) => (text.trim() === '' ? undefined : box.read(text))}
      onValue={onValue}
      lines={box.lines ?? (option.name === 'expression' || option.name === 'code' ? 3 : 0)}
      placeholder={byDefault || PLACEHOLDERS[option.type]}
    />
  );
}

const yesOr = (word: string): string => (word === 'true' ? 'yes' : word === 'false' ? 'no' : word);
