import { useQuery } from '@tanstack/react-query';
import type { TableName } from '../../../api/connection-types.ts';
import { ProblemNote } from '../../../ui/ProblemNote.tsx';
import { RowGrid } from '../../templates/preview/RowGrid.tsx';
import { rowsQuery, SAMPLE } from '../connection-queries.ts';

/** Some rows of a table, as they are in the system now. */
export function SampleRows({ id, table }: { id: string; table: TableName }) {
  const { data, error, isPending, refetch } = useQuery(rowsQuery(id, table));
  if (isPending) return <p className="py-8 text-center text-faint">Reading rows …</p>;
  if (data === undefined) return <ProblemNote error={error} retry={() => void refetch()} />;
  if (data.rows.length === 0) return <p className="py-8 text-center text-quiet">There are no rows in it.</p>;
  return (
    <div className="flex flex-col gap-1.5">
      <div className="flex h-96 min-w-0 flex-col rounded-lg border border-line bg-panel">
        <RowGrid source={undefined} from={0} first={data.rows} />
      </div>
      <p className="text-xs text-faint">
        {data.more ? `The first ${data.rows.length} rows; there are more.` : `All ${data.rows.length} rows.`} At most{' '}
        {SAMPLE} are shown.
      </p>
    </div>
  );
}
