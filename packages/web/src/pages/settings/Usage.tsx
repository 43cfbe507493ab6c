import { useQuery } from '@tanstack/react-query';
import { thingQuery } from '../../api/queries.ts';
import type { Meter, Usage as UsageOf } from '../../api/types.ts';
import { formatBytes, formatCount, formatDuration } from '../../ui/format.ts';
import { ProblemNote } from '../../ui/ProblemNote.tsx';

const LABELS: Readonly<Record<Meter['name'], string>> = {
  requests: 'Requests a minute',
  previews: 'Previews a minute',
  rows: 'Rows an hour',
  files: 'Files',
  storage_bytes: 'Room of files',
  open_runs: 'Runs that have not ended',
};
/** From here on it is worth a look. */
const NEARLY = 0.8;

/** What the workspace uses of what its plan allows. */
export function Usage() {
  const { data, error } = useQuery({ ...thingQuery<UsageOf>('/workspace/usage'), refetchInterval: 10_000 });
  if (data === undefined) return <ProblemNote error={error} />;
  return (
    <>
      <p className="mb-3 text-quiet">
        The plan is <strong>{data.plan}</strong>. Requests, previews and rows are counted where it limits them.
      </p>
      <ul className="grid max-w-2xl gap-4">
        {data.meters.map((meter) => (
          <li key={meter.name}>
            <MeterBar {...meter} />
          </li>
        ))}
      </ul>
    </>
  );
}

function MeterBar({ name, used, limit, resetSeconds }: Meter) {
  const format = name === 'storage_bytes' ? formatBytes : formatCount;
  const share = limit === null ? 0 : Math.min(1, used / limit);
  const words = limit === null ? `${format(used)}, without a limit` : `${format(used)} of ${format(limit)}`;
  return (
    <>
      <div className="mb-1 flex flex-wrap justify-between gap-x-3">
        <span id={`meter-${name}`}>{LABELS[name]}</span>
        <span className="text-quiet tabular-nums">
          {words}
          {resetSeconds !== null && used > 0 && `, all free again in ${formatDuration(resetSeconds * 1000)}`}
        </span>
      </div>
      {limit !== null && (
        <meter
          aria-labelledby={`meter-${name}`}
          className="h-2 w-full"
          min={0}
          max={limit}
          high={limit * NEARLY}
          optimum={0}
          value={share * limit}
        >
          {words}
        </meter>
      )}
    </>
  );
}
