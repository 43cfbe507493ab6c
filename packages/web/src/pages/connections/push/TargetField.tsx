import type { Table, TableName } from '../../../api/connection-types.ts';
import { Labelled } from '../../../ui/Labelled.tsx';
import { isOneSchema, nameOfTable } from '../connection-queries.ts';

/** Where rows go: a table of those that are known, or a path of a system that describes none. */
export function TargetField({
  tables,
  isPathOnly,
  name,
  schema,
  onPath,
  onChoose,
}: {
  tables: readonly Table[];
  isPathOnly: boolean;
  name: string | undefined;
  schema: string | undefined;
  /** Called with each letter of a path; `onChoose` when it is left. */
  onPath: (path: string) => void;
  onChoose: (place: { table: string; schema?: string }) => void;
}) {
  const isAlone = isOneSchema(tables);
  const keyOf = (one: TableName): string => JSON.stringify([one.schema, one.name]);
  if (isPathOnly) {
    return (
      <Labelled label="Path" help="Beneath the address of the connection.">
        {(control) => (
          <input
            {...control}
            required
            value={name ?? ''}
            autoComplete="off"
            spellCheck={false}
            onChange={({ target }) => onPath(target.value)}
            onBlur={({ target }) => {
              if (target.value.trim() !== '') onChoose({ table: target.value.trim() });
            }}
            className="control font-mono text-xs"
          />
        )}
      </Labelled>
    );
  }
  return (
    <Labelled label="Table">
      {(control) => (
        <select
          {...control}
          value={name === undefined ? '' : keyOf({ schema: schema ?? '', name })}
          onChange={({ target }) => {
            const [inSchema, table] = JSON.parse(target.value) as [string, string];
            onChoose({ table, schema: inSchema });
          }}
          className="control w-full"
        >
          <option value="" disabled>
            Choose …
          </option>
          {tables.map((table) => (
            <option key={keyOf(table)} value={keyOf(table)}>
              {nameOfTable(table, isAlone)}
            </option>
          ))}
        </select>
      )}
    </Labelled>
  );
}
