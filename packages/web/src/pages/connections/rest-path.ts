import type { Connection } from '../../api/types.ts';

/** Whether a system describes nothing, and takes rows at any path: REST without an OpenAPI document. */
export const takesAnyPath = ({ type, options }: Connection): boolean =>
  type === 'rest' && options['openapi'] === undefined;

/** The path of its rows, where none is said. */
export const pathOf = ({ options: { path } }: Connection): string | undefined =>
  typeof path === 'string' ? path : undefined;
