import { ToolError } from '../tool-error.ts';

/** A value as a part of a path. @throws ToolError validation_error, for one that UTF-8 cannot say: nothing has such a name */
export function escaped(value: string): string {
  if (value.isWellFormed()) return encodeURIComponent(value);
  throw new ToolError('validation_error', 'a name or id is not valid Unicode: it has half of a surrogate pair', {
    hint: 'write the whole character',
  });
}
