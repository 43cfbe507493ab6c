import { useMutation, useQuery } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { askJson } from '../../api/client.ts';
import { thingQuery } from '../../api/queries.ts';
import type { Page, ScenarioSchedule } from '../../api/types.ts';
import { Badge } from '../../ui/Badge.tsx';
import { Button, IconButton } from '../../ui/Button.tsx';
import { ConfirmDialog } from '../../ui/ConfirmDialog.tsx';
import { formatTime } from '../../ui/format.ts';
import { Labelled } from '../../ui/Labelled.tsx';
import { notify } from '../../ui/notices.tsx';
import { ProblemNote } from '../../ui/ProblemNote.tsx';
import { JsonBox } from '../templates/fields/JsonBox.tsx';

/** When a scenario runs by itself. */
export function Schedules({
  scenarioId,
  params,
  onParams,
}: {
  scenarioId: string;
  params: unknown;
  onParams: (params: unknown) => void;
}) {
  const path = `/scenarios/${encodeURIComponent(scenarioId)}/schedules`;
  const list = useQuery(thingQuery<Page<ScenarioSchedule>>(path));
  const [deleting, setDeleting] = useState<ScenarioSchedule>();
  const reload = () => list.refetch();
  const add = useMutation({
    mutationFn: (body: object) => askJson('POST', path, { body }),
    onSuccess: reload,
  });
  const pause = useMutation({
    mutationFn: ({ id, paused }: ScenarioSchedule) => askJson('PATCH', `${path}/${id}`, { body: { paused: !paused } }),
    onSuccess: reload,
    onError: (error) => notify(error.message),
  });
  const submit = (event: FormEvent<HTMLFormElement>): void => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    add.mutate({ cron: form.get('cron'), time_zone: form.get('time_zone'), params: params ?? {} });
  };
  return (
    <div className="flex flex-col gap-3">
      <form onSubmit={submit} className="flex flex-col gap-2.5">
        <Labelled
          label="When"
          help="Minute, hour, day, month, weekday: 0 6 * * 1-5 is 6:00 from Monday to Friday. Or @daily."
        >
          {(control) => (
            <input {...control} name="cron" required maxLength={200} autoComplete="off" className="control font-mono" />
          )}
        </Labelled>
        <Labelled label="Time zone">
          {(control) => (
            <input
              {...control}
              name="time_zone"
              required
              maxLength={100}
              defaultValue={Intl.DateTimeFormat().resolvedOptions().timeZone}
              autoComplete="off"
              className="control"
            />
          )}
        </Labelled>
        <Labelled label="Parameters" help="The same as of the tab Run.">
          {(control) => <JsonBox control={control} value={params} onValue={onParams} />}
        </Labelled>
        <ProblemNote error={add.error ?? list.error} />
        <Button type="submit" icon="plus" busy={add.isPending}>
          Add schedule
        </Button>
      </form>
      <ul className="flex flex-col gap-2">
        {list.data?.items.map((one) => (
          <li key={one.id} className="rounded-md border border-line bg-panel p-2">
            <div className="flex items-center gap-2">
              <code className="min-w-0 flex-1 truncate font-mono text-xs">{one.cron}</code>
              {one.paused && <Badge tone="warn">paused</Badge>}
              <Button look="ghost" onClick={() => pause.mutate(one)}>
                {one.paused ? 'Resume' : 'Pause'}
              </Button>
              <IconButton label={`Delete ${one.cron}`} icon="trash" onClick={() => setDeleting(one)} />
            </div>
            <p className="text-xs text-quiet">{one.time_zone}</p>
            {Object.keys(one.params).length > 0 && (
              <p className="mt-1 font-mono text-xs wrap-anywhere text-quiet">{JSON.stringify(one.params)}</p>
            )}
            {one.next_times.length > 0 && (
              <ul aria-label={`Next times of ${one.cron}`} className="mt-1 text-xs text-faint">
                {one.next_times.slice(0, 3).map((at) => (
                  <li key={at}>{formatTime(at)}</li>
                ))}
              </ul>
            )}
          </li>
        ))}
      </ul>
      {deleting !== undefined && (
        <ConfirmDialog
          title={`Delete ${deleting.cron}?`}
          action="Delete"
          onClose={() => setDeleting(undefined)}
          onConfirm={async () => {
            await askJson('DELETE', `${path}/${deleting.id}`);
            await reload();
          }}
        >
          The scenario does not run at these times any more. What has run stays.
        </ConfirmDialog>
      )}
    </div>
  );
}
