import { type FormEvent, useState } from 'react';
import { download } from '../../../api/download.ts';
import type { Template } from '../../../api/types.ts';
import type { Catalogue } from '../../../engine/protocol.ts';
import { Button } from '../../../ui/Button.tsx';
import { Dialog } from '../../../ui/Dialog.tsx';
import { formatBytes, formatCount, formatDuration } from '../../../ui/format.ts';
import { Labelled } from '../../../ui/Labelled.tsx';
import { notify } from '../../../ui/notices.tsx';
import { ProblemNote } from '../../../ui/ProblemNote.tsx';
import { OptionControl } from '../fields/OptionControl.tsx';
import { readLines } from '../fields/option-values.ts';
import { useGeneration } from './use-generation.ts';

/** Has the server make any number of rows in any format, shows how far it is, and saves what came of it. */
export function GenerateDialog({
  template,
  seed,
  catalogue,
  onClose,
}: {
  template: Template;
  seed: string;
  catalogue: Catalogue;
  onClose: () => void;
}) {
  const [count, setCount] = useState('1000');
  const [format, setFormat] = useState('csv');
  const [given, setGiven] = useState(seed);
  const [options, setOptions] = useState<Readonly<Record<string, unknown>>>({});
  const { run, error, isRunning, start, cancel } = useGeneration(async ({ output }) => {
    if (output?.url == null) return;
    const name = `${template.name}${/\.\w+$/.exec(output.name)?.[0] ?? ''}`;
    await download(output.url, name);
    notify(`${name} is saved`);
  });
  const ofFormat = catalogue.formatOptions.filter((option) => option.format === format);
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    const values = Object.entries(options).map(([name, value]) => [
      name,
      typeof value === 'string' && ofFormat.find((one) => one.name === name)?.kind === 'list'
        ? readLines(value)
        : value,
    ]);
    // Of what is shown, whatever others save meanwhile.
    void start(`${template.id}@v${template.version}`, {
      ...Object.fromEntries(values),
      count: Number(count),
      format,
      ...(given === '' ? {} : { seed: given }),
    });
  };
  const elapsed =
    run?.started_at == null ? 0 : Date.parse(run.ended_at ?? new Date().toISOString()) - Date.parse(run.started_at);
  return (
    <Dialog title={`Rows of ${template.name}`} onClose={onClose}>
      <form onSubmit={submit} className="flex flex-col gap-3">
        <div className="grid grid-cols-2 gap-3">
          <Labelled label="Rows">
            {(control) => (
              <input
                {...control}
                required
                inputMode="numeric"
                pattern="[0-9]{1,13}"
                value={count}
                onChange={({ target }) => setCount(target.value)}
                className="control"
              />
            )}
          </Labelled>
          <Labelled label="Format">
            {(control) => (
              <select
                {...control}
                value={format}
                onChange={({ target }) => {
                  setFormat(target.value);
                  setOptions({});
                }}
                className="control"
              >
                {catalogue.formats.map((name) => (
                  <option key={name}>{name}</option>
                ))}
              </select>
            )}
          </Labelled>
        </div>
        <Labelled label="Seed" help="The same seed gives the same rows; without one, another is drawn.">
          {(control) => (
            <input {...control} value={given} onChange={({ target }) => setGiven(target.value)} className="control" />
          )}
        </Labelled>
        {ofFormat.length > 0 && (
          <details open={ofFormat.some(({ required }) => required)}>
            <summary className="mb-2 w-fit text-xs font-medium text-quiet hover:text-ink">Options of {format}</summary>
            <div className="grid gap-3 sm:grid-cols-2">
              {ofFormat.map((option) => (
                <Labelled
                  key={option.name}
                  label={`${option.name}${option.required ? ' *' : ''}`}
                  help={option.summary}
                >
                  {(control) => (
                    <OptionControl
                      control={control}
                      option={option.kind === 'list' ? { ...option, type: 'list' } : option}
                      value={options[option.name]}
                      onValue={(value) => {
                        const { [option.name]: _, ...rest } = options;
                        setOptions(value === undefined ? rest : { ...rest, [option.name]: value });
                      }}
                    />
                  )}
                </Labelled>
              ))}
            </div>
          </details>
        )}
        <ProblemNote error={error} />
        {run !== undefined && (
          <div className="rounded-md border border-line bg-sunken p-3">
            <progress
              aria-label="Rows made"
              value={run.progress.rows}
              max={Math.max(1, run.progress.total)}
              className="h-1.5 w-full"
            />
            <p className="mt-1.5 flex flex-wrap justify-between gap-x-4 text-xs text-quiet tabular-nums">
              <span>
                {formatCount(run.progress.rows)} of {formatCount(run.progress.total)} rows
              </span>
              {elapsed > 0 && run.progress.rows > 0 && (
                <span>{formatCount(Math.round((1000 * run.progress.rows) / elapsed))} rows/s</span>
              )}
              <span>{formatBytes(run.progress.bytes)}</span>
              <span>{run.ended_at === null ? run.state : `${run.state} in ${formatDuration(elapsed)}`}</span>
            </p>
            {run.error !== null && <p className="mt-1.5 text-xs text-bad">{run.error.message}</p>}
          </div>
        )}
        <div className="mt-1 flex justify-end gap-2">
          {isRunning ? (
            <Button onClick={() => void cancel()} disabled={run === undefined}>
              Cancel
            </Button>
          ) : (
            <Button onClick={onClose}>Close</Button>
          )}
          <Button look="primary" type="submit" icon="download" busy={isRunning}>
            Generate and save
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
