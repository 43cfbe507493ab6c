import { type TablePass, withOptions } from './draft-field.ts';

/** Percent of rows without a value, by words of the name: what happens to some rows only. */
const SOME_ONLY: ReadonlyMap<string, number> = new Map([
  ['deleted', 40],
  ['archived', 40],
  ['cancelled', 40],
  ['canceled', 40],
  ['removed', 40],
  ['suspended', 40],
  ['banned', 40],
  ['locked', 40],
  ['death', 40],
  ['deceased', 40],
  ['termination', 40],
  ['terminated', 40],
  ['leaving', 40],
  ['refunded', 40],
  ['returned', 40],
  ['closed', 20],
  ['resolved', 20],
  ['parent', 20],
]);
const CAN_BE_ABSENT = new Set(['date', 'datetime', 'number']);

/** Values that not every row has are null in some; what a row cannot be without is never. */
export const leaveOut: TablePass = (fields) => {
  for (const field of fields) {
    const { guess, reading } = field;
    const known = guess.nulls;
    if (known !== undefined) withOptions(field, { null_percentage: known });
    else if (CAN_BE_ABSENT.has(guess.type) && guess.kind !== 'count') {
      const share = reading.spoken.map((word) => SOME_ONLY.get(word)).find((each) => each !== undefined);
      if (share !== undefined) withOptions(field, { null_percentage: share });
    }
  }
};
