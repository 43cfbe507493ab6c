import { useQuery } from '@tanstack/react-query';
import type { TableName } from '../../../api/connection-types.ts';
import { ProblemNote } from '../../../ui/ProblemNote.tsx';
import { RowGrid } from '../../templates/preview/RowGrid.tsx';
import { rowsQuery, SAMPLE } from '../connection-queries.ts';

/** Rows of the grid that fit without scrolling, and their height. */
const FITTING = 14;
const ROW_PX = 28;
const BAR_PX = 16;

/** Some rows of a table, as they are in the system now. */
export function SampleRows({ id, table }: { id: string; table: TableName }) {
  const { data, error, isPending, refetch } = useQuery(rowsQuery(id, table));
  if (isPending) return <p className="py-8 text-center text-faint">Reading rows …</p>;
  if (data === undefined) return <ProblemNote error={error} retry={() => void refetch()} />;
  if (data.rows.length === 0) return <p className="py-8 text-center text-quiet">There are no rows in it.</p>;
  return (
    <div className="flex flex-col gap-1.5">
      <div
        className="flex min-w-0 flex-col rounded-lg border border-line bg-panel"
        style={{ height: (Math.min(data.rows.length, FITTING) + 1) * ROW_PX + BAR_PX }}
      >
        <RowGrid source={undefined} from={0} first={data.rows} />
      </div>
      <p className="text-xs text-faint">
        {data.more ? `The first ${data.rows.length} rows; there are more.` : `All ${data.rows.length} rows.`} At most{' '}
        {SAMPLE} are shown.
      </p>
    </div>
  );
}
