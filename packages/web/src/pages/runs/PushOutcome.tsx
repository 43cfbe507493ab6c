import type { PushCheck, PushResult } from '../../api/run-types.ts';
import { Badge } from '../../ui/Badge.tsx';
import { formatCount } from '../../ui/format.ts';
import { TableBox } from '../../ui/TableBox.tsx';
import { TableHead } from '../../ui/TableHead.tsx';
import { Figures } from './Figures.tsx';

/** What became of the rows of a push. */
export function PushOutcome({ result }: { result: PushResult }) {
  const { table, written, skipped, failed, unknown, failures, in_doubt, check } = result;
  return (
    <section aria-label="Result" className="flex flex-col gap-3">
      <p className="text-quiet">
        Into <span className="font-mono wrap-anywhere text-ink">{table.name}</span>
      </p>
      <Figures
        figures={[
          ['written', written],
          ['skipped', skipped],
          ['refused', failed],
          ...(unknown > 0 ? [['not known', unknown] as const] : []),
        ]}
      />
      {in_doubt !== null && in_doubt.rows > 0 && (
        <p className="text-quiet">
          {formatCount(in_doubt.rows)} rows are on their way, or it is not known whether they arrived.
        </p>
      )}
      {check !== null && <CheckNote check={check} />}
      {failures.length > 0 && (
        <TableBox label="Refused rows">
          <table className="w-full border-collapse text-sm">
            <caption className="px-3 py-2 text-left text-xs font-medium text-quiet">
              Rows that were refused{failures.length < failed ? `: the first ${failures.length}` : ''}
            </caption>
            <TableHead isBelowCaption columns={[['Row'], ['Status'], ['What the system says']]} />
            <tbody>
              {failures.map(({ row, status, message }) => (
                <tr key={row} className="border-b border-line last:border-0">
                  <td className="px-3 py-2 tabular-nums">{formatCount(row)}</td>
                  <td className="px-3 py-2 tabular-nums">{status}</td>
                  <td className="px-3 py-2 wrap-anywhere">{message}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </TableBox>
      )}
    </section>
  );
}

/** Whether the rows of a push were found when they were read back. */
export const CheckNote = ({ check: { ok, expected, found, missing, message } }: { check: PushCheck }) => (
  <p className="flex flex-wrap items-center gap-2">
    <Badge tone={ok === true ? 'good' : ok === false ? 'bad' : 'quiet'}>
      {ok === true ? 'all rows are there' : ok === false ? 'rows are missing' : 'not read back'}
    </Badge>
    {found !== null && (
      <span className="text-quiet tabular-nums">
        {formatCount(found)} of {formatCount(expected)} found by their keys
      </span>
    )}
    {missing.length > 0 && <span className="text-quiet wrap-anywhere">Missing: {missing.slice(0, 20).join(', ')}</span>}
    {message !== null && <span className="wrap-anywhere text-quiet">{message}</span>}
  </p>
);
