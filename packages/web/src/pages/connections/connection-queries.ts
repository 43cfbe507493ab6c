import { queryOptions } from '@tanstack/react-query';
import { askJson } from '../../api/client.ts';
import type { Metadata, TableName, TableRows } from '../../api/connection-types.ts';
import { chosenProject } from '../../api/project.ts';
import { thingQuery } from '../../api/queries.ts';
import type { Connection } from '../../api/types.ts';

/** Rows that are shown of a table. */
export const SAMPLE = 100;

/** The path of a connection in the API. */
export const connectionPath = (id: string): string => `/connections/${encodeURIComponent(id)}`;

export const connectionQuery = (id: string) => thingQuery<Connection>(connectionPath(id));

/** Its tables, with columns and keys. The server remembers them for an hour, and the page until they are asked for anew. */
export const metadataQuery = (id: string) =>
  queryOptions({
    queryKey: [chosenProject(), connectionPath(id), 'metadata'],
    queryFn: ({ signal }) => askJson<Metadata>('GET', `${connectionPath(id)}/metadata`, { signal }),
    staleTime: 300_000,
    // A system that is not reached is not reached at once again: somebody looks at it first.
    retry: false,
  });

/** The first rows of a table. */
export const rowsQuery = (id: string, { schema, name }: TableName) =>
  queryOptions({
    queryKey: [chosenProject(), connectionPath(id), 'rows', schema, name],
    queryFn: ({ signal }) => {
      const query = new URLSearchParams({ table: name, top: String(SAMPLE), ...(schema === '' ? {} : { schema }) });
      return askJson<TableRows>('GET', `${connectionPath(id)}/rows?${query}`, { signal });
    },
    retry: false,
  });

/** How a table is called among those of its connection. */
export const nameOfTable = ({ schema, name }: TableName, isAlone: boolean): string =>
  schema === '' || isAlone ? name : `${schema}.${name}`;

/** Whether all tables are in one schema, which then need not be said. */
export const isOneSchema = (tables: readonly TableName[]): boolean =>
  new Set(tables.map(({ schema }) => schema)).size < 2;
