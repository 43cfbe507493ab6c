import { useQuery } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { engine } from '../../engine/engine.ts';
import { MAX_FIELDS } from '../../engine/limits.ts';
import { Button } from '../../ui/Button.tsx';
import { formatCount } from '../../ui/format.ts';
import { Labelled } from '../../ui/Labelled.tsx';
import { ProblemNote } from '../../ui/ProblemNote.tsx';
import { useCreateTemplates } from './create-template.ts';
import { readNames } from './read-names.ts';

/** So many are listed: the others are seen in the template. */
const LISTED = 200;

/** Names of columns become fields while they are typed; no model and no server is asked. */
export function FromNames() {
  const create = useCreateTemplates();
  const [text, setText] = useState('');
  const all = useMemo(() => readNames(text), [text]);
  const isTooMany = all.length > MAX_FIELDS;
  const names = useMemo(() => all.slice(0, MAX_FIELDS), [all]);
  const { data, error } = useQuery({
    queryKey: ['infer', names],
    queryFn: () => engine('infer', names),
    enabled: names.length > 0,
    placeholderData: (before) => before,
  });
  const inferred = names.length === 0 ? undefined : data;
  const build = (): void => {
    if (inferred === undefined) return;
    const entity = inferred.entity ?? 'Rows';
    create.mutate([
      {
        name: entity.charAt(0).toUpperCase() + entity.slice(1),
        locale: inferred.locale,
        fields: inferred.fields.map(({ name, type, options }) => ({ name, type, options })),
      },
    ]);
  };
  return (
    <div className="grid flex-1 gap-4 p-4 md:grid-cols-2">
      <Labelled label="Names of columns" help="With commas, tabs or lines between them: paste a header as it is.">
        {(control) => (
          <textarea
            {...control}
            value={text}
            spellCheck={false}
            onChange={(event) => setText(event.target.value)}
            placeholder={'customer_id, first_name, last_name, email, iban, signup_date'}
            className="control h-44 resize-y py-2 font-mono leading-relaxed"
          />
        )}
      </Labelled>
      <div className="flex min-w-0 flex-col gap-3">
        <p className="text-xs font-medium text-quiet">What they look like</p>
        {inferred === undefined ? (
          <p className="text-faint">As you type, every name gets a type of field here.</p>
        ) : (
          <ul aria-label="Inferred fields" className="max-h-56 overflow-y-auto rounded-md border border-line">
            {inferred.fields.slice(0, LISTED).map(({ name, type, confidence, description }) => (
              <li
                key={name}
                className="grid grid-cols-[minmax(0,1fr)_auto] items-baseline gap-3 border-b border-line px-3 py-1.5 last:border-0 lg:grid-cols-[minmax(0,1fr)_minmax(0,1fr)_8rem]"
              >
                <span className="truncate font-mono text-xs">{name}</span>
                <span className="hidden truncate text-xs text-faint lg:inline">{description}</span>
                <span className={`truncate text-right text-xs ${confidence < 0.6 ? 'text-warn' : 'text-accent'}`}>
                  {type}
                </span>
              </li>
            ))}
            {inferred.fields.length > LISTED && (
              <li className="px-3 py-1.5 text-faint">and {formatCount(inferred.fields.length - LISTED)} more</li>
            )}
          </ul>
        )}
        {isTooMany && (
          <p role="alert" className="text-bad">
            These are {formatCount(all.length)} names, and a template has at most {formatCount(MAX_FIELDS)} fields.
            Leave some out, or begin with the first {formatCount(MAX_FIELDS)}.
          </p>
        )}
        <ProblemNote error={error ?? create.error} />
        <div className="mt-auto">
          <Button look="primary" disabled={inferred === undefined} busy={create.isPending} onClick={build}>
            {isTooMany ? `Create template of the first ${formatCount(MAX_FIELDS)}` : 'Create template'}
          </Button>
        </div>
      </div>
    </div>
  );
}
