import { getRouteApi, Link, useNavigate } from '@tanstack/react-router';
import type { Table } from '../../../api/connection-types.ts';
import { Button } from '../../../ui/Button.tsx';
import { Tabs } from '../../../ui/Tabs.tsx';
import { Columns } from './Columns.tsx';
import { SampleRows } from './SampleRows.tsx';

const route = getRouteApi('/shell/connections/$id');

/** One table: its columns and keys, or some of its rows. */
export function TableDetail({ id, table, onMake }: { id: string; table: Table; onMake: () => void }) {
  const navigate = useNavigate();
  const { view = 'columns' } = route.useSearch();
  const { schema, name } = table;
  return (
    <section aria-label={`Table ${name}`} className="flex min-w-0 flex-col gap-2">
      <div className="flex flex-wrap items-center justify-between gap-2">
        <h2 className="min-w-0 font-mono text-base font-semibold wrap-anywhere">{name}</h2>
        <div className="flex flex-wrap gap-2">
          <Button icon="template" onClick={onMake}>
            Make a template
          </Button>
          <Link
            to="/connections/$id/push"
            params={{ id }}
            search={{ table: name, ...(schema === '' ? {} : { schema }) }}
            className="inline-flex h-8 items-center rounded-md border border-edge bg-panel px-2.5 hover:bg-sunken"
          >
            Push rows into it
          </Link>
        </div>
      </div>
      {table.comment !== null && table.comment !== '' && <p className="wrap-anywhere text-quiet">{table.comment}</p>}
      <Tabs
        label="What is shown of the table"
        value={view === 'rows' ? 'rows' : 'columns'}
        onChange={(next) =>
          void navigate({
            to: '/connections/$id',
            params: { id },
            search: (search) => ({ ...search, view: next }),
            replace: true,
          })
        }
        tabs={[
          { value: 'columns', label: 'Columns', content: () => <Columns id={id} table={table} /> },
          {
            value: 'rows',
            label: 'Rows',
            content: () => (
              <div className="pt-3">
                <SampleRows id={id} table={table} />
              </div>
            ),
          },
        ]}
      />
    </section>
  );
}
