import { SeedError } from '../seed-error.ts';
import { columnId } from './key-groups.ts';
import type { OwnedColumn } from './signature.ts';

/** A value that cannot be masked as its column's rule says. Nothing of the value is told. */
export class MaskFailed extends SeedError {
  constructor(
    { table, column }: OwnedColumn,
    code: 'mask_strategy_does_not_fit' | 'mask_personal_value',
    why: string,
    hint?: string,
  ) {
    super(code, `${columnId(table, column.name)}: ${why}`, hint);
  }
}
