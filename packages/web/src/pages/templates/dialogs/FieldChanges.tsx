import type { Field, TemplateDiff } from '../../../api/types.ts';

const written = ({ name: _, ...rest }: Field): string => JSON.stringify(rest);

/** What is different between two states of a template, field by field. */
export function FieldChanges({ changes }: { changes: TemplateDiff }) {
  if (changes.same) return <p className="text-faint">They are the same.</p>;
  const { added, removed, changed, reordered } = changes.fields;
  return (
    <ul className="flex flex-col gap-1 font-mono text-xs">
      {Object.entries(changes.changed).map(([name, { from, to }]) => (
        <Line key={name} name={name} before={JSON.stringify(from)} after={JSON.stringify(to)} />
      ))}
      {removed.map((field) => (
        <Line key={field.name} name={field.name} before={written(field)} />
      ))}
      {added.map((field) => (
        <Line key={field.name} name={field.name} after={written(field)} />
      ))}
      {changed.map(({ name, from, to }) => (
        <Line key={name} name={name} before={written(from)} after={written(to)} />
      ))}
      {reordered && <li className="text-quiet">The fields are in another order.</li>}
    </ul>
  );
}

const Line = ({ name, before, after }: { name: string; before?: string; after?: string }) => (
  <li className="rounded-md border border-line">
    <p className="border-b border-line px-2 py-1 font-semibold">{name}</p>
    {before !== undefined && (
      <p className="bg-bad-soft px-2 py-1 wrap-anywhere text-bad">
        <span className="sr-only">before: </span>− {before}
      </p>
    )}
    {after !== undefined && (
      <p className="bg-good-soft px-2 py-1 wrap-anywhere text-good">
        <span className="sr-only">after: </span>+ {after}
      </p>
    )}
  </li>
);
