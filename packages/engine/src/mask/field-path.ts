import { MAX_NAME_LENGTH } from '../template/limits.ts';

const PATH = /^[^.[\]]+(?:\[\*\])*(?:\.[^.[\]]+(?:\[\*\])*)*$/;

/** Whether a text names a field: keys with dots between them, `[*]` behind those that are lists. */
export const isFieldPath = (text: string): boolean => text.length <= MAX_NAME_LENGTH && PATH.test(text);

/** The path of the object or list that holds a field; '' for the row itself. */
export function parentOf(path: string): string {
  if (path.endsWith('[*]')) return path.slice(0, -3);
  const dot = path.lastIndexOf('.');
  return dot === -1 ? '' : path.slice(0, dot);
}

/** The key of a field in the object that holds it; of an element, that of its list. */
export const nameOf = (path: string): string => path.slice(path.lastIndexOf('.') + 1).replaceAll('[*]', '');

/** The path of a key in what `parent` leads to. */
export const child = (parent: string, key: string): string => (parent === '' ? key : `${parent}.${key}`);

/** Whether `path` leads into what `container` leads to. */
export const isInside = (path: string, container: string): boolean =>
  path.startsWith(container) && (path[container.length] === '.' || path[container.length] === '[');

/** The path up to its last list, `items[*]` of `items[*].email`; '' where there is none. */
export function listOf(path: string): string {
  const end = path.lastIndexOf('[*]');
  return end === -1 ? '' : path.slice(0, end + 3);
}

/** JSON pointer of a field in a row, with the `[*]` of lists as it is. */
export const rowPointer = (row: number, path: string): string =>
  `/rows/${row}${path === '' ? '' : `/${path.replaceAll('~', '~0').replaceAll('/', '~1').replaceAll('[*]', '/*').replaceAll('.', '/')}`}`;
