import { useMutation } from '@tanstack/react-query';
import type { FormEvent } from 'react';
import { askJson } from '../api/client.ts';
import { Button } from '../ui/Button.tsx';
import { CodeBlock } from '../ui/CodeBlock.tsx';
import { Dialog } from '../ui/Dialog.tsx';
import { Labelled } from '../ui/Labelled.tsx';
import { ProblemNote } from '../ui/ProblemNote.tsx';

/** Makes a key, and shows it the one time that it can be seen. */
export function NewKey({ onClose }: { onClose: () => void }) {
  const create = useMutation({
    mutationFn: (body: object) => askJson<{ key: string }>('POST', '/keys', { body }),
    // Nobody who comes later finds it in what is kept of the page.
    gcTime: 0,
  });
  const submit = (event: FormEvent<HTMLFormElement>): void => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    create.mutate({
      name: String(form.get('name')),
      readOnly: form.get('readOnly') !== null,
      ...(form.get('mcp') === null ? {} : { for: 'mcp' }),
    });
  };
  const made = create.data;
  return (
    <Dialog title="New key" onClose={onClose}>
      {made === undefined ? (
        <form onSubmit={submit} className="flex flex-col gap-3">
          <Labelled label="Name" help="What it is for, such as the CI job that has it.">
            {(control) => (
              <input {...control} name="name" required maxLength={200} autoComplete="off" className="control" />
            )}
          </Labelled>
          <label className="flex items-center gap-2">
            <input type="checkbox" name="readOnly" className="size-4 accent-accent" /> It may only read
          </label>
          <label className="flex items-center gap-2">
            <input type="checkbox" name="mcp" className="size-4 accent-accent" /> For an editor (MCP): it looks and
            makes rows, and sends nothing
          </label>
          <ProblemNote error={create.error} />
          <div className="flex justify-end gap-2">
            <Button onClick={onClose}>Cancel</Button>
            <Button look="primary" type="submit" busy={create.isPending}>
              Create
            </Button>
          </div>
        </form>
      ) : (
        <div className="flex flex-col gap-3">
          <p>Copy it now: it is shown only this once.</p>
          <CodeBlock label="the key" text={made.key} />
          <div className="flex justify-end">
            <Button look="primary" onClick={onClose}>
              Done
            </Button>
          </div>
        </div>
      )}
    </Dialog>
  );
}
