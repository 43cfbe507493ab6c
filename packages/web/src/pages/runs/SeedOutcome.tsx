import type { SeedResult } from '../../api/run-types.ts';
import { CountTable } from './CountTable.tsx';

/** How far each table of a seed is. */
export const SeedOutcome = ({ result: { tables, closing } }: { result: SeedResult }) => (
  <section aria-label="Result" className="flex flex-col gap-2">
    {closing && <p className="text-quiet">All rows are there; keys of circles are filled.</p>}
    <CountTable
      caption="Rows by table"
      columns={['written', 'of']}
      rows={tables.map(({ table, rows, of }) => [table, rows, of])}
    />
  </section>
);
