import type { FormEvent } from 'react';
import { Button } from '../../../ui/Button.tsx';
import { Labelled } from '../../../ui/Labelled.tsx';
import { MOST_CHILDREN, MOST_ROWS, SEED_FORM, type SeedSearch } from './seed-search.ts';

/** How many rows a seed has where nothing is said of a table, and which. */
export function SeedForm({
  search,
  busy,
  onPlan,
}: {
  search: SeedSearch;
  busy: boolean;
  onPlan: (search: SeedSearch) => void;
}) {
  const submit = (event: FormEvent<HTMLFormElement>): void => {
    event.preventDefault();
    const said = [...new FormData(event.currentTarget)].flatMap(([name, value]) => {
      const text = String(value).trim();
      return text === '' ? [] : [[name, text]];
    });
    onPlan(Object.fromEntries(said) as SeedSearch);
  };
  const number = (
    label: string,
    name: 'rows' | 'min' | 'max',
    usual: number,
    [min, max]: readonly [number, number],
    help?: string,
  ) => (
    <Labelled label={label} help={help}>
      {(control) => (
        <input
          {...control}
          name={name}
          type="number"
          min={min}
          max={max}
          placeholder={String(usual)}
          defaultValue={search[name]}
          className="control"
        />
      )}
    </Labelled>
  );
  return (
    <form id={SEED_FORM} onSubmit={submit} aria-label="Plan" className="flex flex-col gap-3">
      <div className="grid gap-3 sm:grid-cols-2 lg:grid-cols-6">
        {number('Rows', 'rows', 100, [1, MOST_ROWS], 'Of tables that belong to no other.')}
        {number('For each parent, from', 'min', 1, [0, MOST_CHILDREN], 'Of tables that do.')}
        {number('to', 'max', 3, [0, MOST_CHILDREN])}
        <Labelled label="Seed" help="The same gives the same rows.">
          {(control) => (
            <input
              {...control}
              name="seed"
              maxLength={200}
              defaultValue={search.seed}
              autoComplete="off"
              className="control"
            />
          )}
        </Labelled>
        <Labelled label="Locale" help="As de_DE.">
          {(control) => (
            <input
              {...control}
              name="locale"
              maxLength={20}
              defaultValue={search.locale}
              autoComplete="off"
              className="control"
            />
          )}
        </Labelled>
        <Labelled label="On failure">
          {(control) => (
            <select {...control} name="mode" defaultValue={search.mode ?? ''} className="control">
              <option value="">keep rows</option>
              <option value="transaction">undo all</option>
            </select>
          )}
        </Labelled>
      </div>
      <div>
        <Button type="submit" busy={busy}>
          Plan again
        </Button>
      </div>
    </form>
  );
}
