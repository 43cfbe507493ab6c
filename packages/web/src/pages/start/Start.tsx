import { useState } from 'react';
import { Button } from '../../ui/Button.tsx';
import { Icon } from '../../ui/Icon.tsx';
import { PageFrame } from '../../ui/PageFrame.tsx';
import { ProblemNote } from '../../ui/ProblemNote.tsx';
import { Tabs } from '../../ui/Tabs.tsx';
import { useCreateTemplates } from './create-template.ts';
import { FromNames } from './FromNames.tsx';
import { FromSource } from './FromSource.tsx';
import { SAMPLES } from './samples.ts';

/** The ways to a template: a sample, names of columns, a schema or a sample of rows, or nothing at all. */
export function Start() {
  const create = useCreateTemplates();
  const [way, setWay] = useState('names');
  return (
    <PageFrame
      title="New template"
      hint="A template says what the columns of your rows are. Every way below leads to rows in a few seconds."
    >
      <div className="flex min-h-80 flex-col rounded-lg border border-line bg-panel">
        <Tabs
          label="Ways to a template"
          value={way}
          onChange={setWay}
          tabs={[
            { value: 'names', label: 'Column names', content: () => <FromNames /> },
            { value: 'source', label: 'CSV, JSON or a schema', content: () => <FromSource /> },
            {
              value: 'empty',
              label: 'Empty',
              content: () => (
                <div className="flex flex-col items-start gap-3 p-4">
                  <p className="text-quiet">Begin with one field and add others by their types.</p>
                  <Button
                    look="primary"
                    busy={create.isPending}
                    onClick={() => create.mutate([{ name: 'Untitled', fields: [{ name: 'id', type: 'sequence' }] }])}
                  >
                    Start empty
                  </Button>
                </div>
              ),
            },
          ]}
        />
      </div>
      <h2 className="mt-7 mb-2.5 font-semibold">Or start from a sample</h2>
      <ProblemNote error={create.error} />
      <ul className="grid gap-3 sm:grid-cols-2 lg:grid-cols-4">
        {SAMPLES.map(({ label, about, template }) => (
          <li key={label}>
            <button
              type="button"
              disabled={create.isPending}
              onClick={() => create.mutate([template])}
              className="flex h-full w-full flex-col gap-1.5 rounded-lg border border-line bg-panel p-3.5 text-left transition-colors hover:border-accent"
            >
              <span className="flex items-center gap-2 font-medium">
                <Icon name="template" className="text-accent" />
                {label}
              </span>
              <span className="text-quiet">{about}</span>
              <span className="mt-auto truncate pt-1 font-mono text-xs text-faint">
                {template.fields.map(({ name }) => name).join(', ')}
              </span>
            </button>
          </li>
        ))}
      </ul>
    </PageFrame>
  );
}
