import { tally } from '../tally.ts';

/**
 * Counts rows of one output as it is made.
 * @param onRows is told how many rows have been made so far
 */
export function countingRows(onRows: (rows: number) => void = () => undefined): (rows: number) => void {
  let counted = 0;
  return (rows) => {
    tally.addRows(rows - counted);
    counted = rows;
    onRows(rows);
  };
}
