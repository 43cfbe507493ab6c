import type { StepForm } from '../../plan/negative-plan.ts';

const DAY = 86_400_000;

/** The value at a place of a step form: 1999 with two decimals is 19.99, day 0 is "1970-01-01". */
export function stepValue(form: StepForm, place: number): unknown {
  switch (form.kind) {
    case 'number':
      return place / 10 ** form.decimals;
    case 'date':
      return new Date(place * DAY).toISOString().slice(0, 10);
    case 'datetime':
      return form.precision === 'seconds'
        ? new Date(place * 1000).toISOString().replace('.000Z', 'Z')
        : new Date(place).toISOString();
    case 'time':
      return new Date(place * 1000).toISOString().slice(11, 19);
  }
}
