import { useNavigate } from '@tanstack/react-router';
import type { FormEvent } from 'react';
import { Button } from '../../../ui/Button.tsx';
import { Labelled } from '../../../ui/Labelled.tsx';
import { SampleRows } from './SampleRows.tsx';

/** Of a REST system that describes nothing: rows at a path. */
export function PathForm({ id, path }: { id: string; path: string | undefined }) {
  const navigate = useNavigate();
  const submit = (event: FormEvent<HTMLFormElement>): void => {
    event.preventDefault();
    const table = String(new FormData(event.currentTarget).get('path') ?? '').trim();
    void navigate({ to: '/connections/$id', params: { id }, search: { table } });
  };
  return (
    <>
      <form onSubmit={submit} className="flex max-w-xl items-end gap-2">
        <div className="min-w-0 flex-1">
          <Labelled
            label="Path of rows"
            help="This system describes none of its paths; an OpenAPI document in the settings would."
          >
            {(control) => (
              <input
                {...control}
                name="path"
                required
                defaultValue={path}
                autoComplete="off"
                spellCheck={false}
                className="control font-mono text-xs"
              />
            )}
          </Labelled>
        </div>
        <Button type="submit">Show rows</Button>
      </form>
      {path !== undefined && <SampleRows id={id} table={{ schema: '', name: path }} />}
    </>
  );
}
