import type { Notices, Place } from '../notices.ts';
import type { Facts } from './facts.ts';
import type { Merged } from './merge-schemas.ts';

type Writable = { -readonly [K in keyof Facts]: Facts[K] };

/** Adds the bounds and decimals of a number to what is known of it. */
export function readBounds(facts: Writable, merged: Merged, place: Place, subject: string, notices: Notices): void {
  const number = (key: string): number | undefined => {
    const value = merged.keywords.get(key)?.value;
    return typeof value === 'number' && Number.isFinite(value) ? value : undefined;
  };
  const step = number('multipleOf');
  const decimals = step === undefined ? undefined : decimalsOf(step);
  if (step !== undefined && (facts.kind !== 'integer' || step !== 1)) {
    if (decimals === 0 && step === 1) facts.kind = 'integer';
    else if (decimals !== undefined && step === 10 ** -decimals) facts.scale = decimals;
    else notices.add('multiple_not_kept', place, `multiples of ${step} are not kept`, subject);
  }
  const unit = facts.kind === 'integer' ? 1 : 10 ** -(facts.scale ?? 2);
  // Draft 4 and OpenAPI 3.0 write exclusiveMinimum as true beside minimum.
  const open = (key: string): boolean => merged.keywords.get(key)?.value === true;
  const least = number('minimum');
  const above = number('exclusiveMinimum') ?? (open('exclusiveMinimum') ? least : undefined);
  const most = number('maximum');
  const below = number('exclusiveMaximum') ?? (open('exclusiveMaximum') ? most : undefined);
  const min = Math.max(
    least ?? Number.NEGATIVE_INFINITY,
    above === undefined ? Number.NEGATIVE_INFINITY : above + unit,
  );
  const max = Math.min(most ?? Number.POSITIVE_INFINITY, below === undefined ? Number.POSITIVE_INFINITY : below - unit);
  if (Number.isFinite(min)) facts.min = facts.kind === 'integer' ? Math.ceil(min) : min;
  if (Number.isFinite(max)) facts.max = facts.kind === 'integer' ? Math.floor(max) : max;
}

/** How many decimals a step such as 0.01 has. */
function decimalsOf(step: number): number | undefined {
  for (let decimals = 0; decimals <= 12; decimals++)
    if (
      Math.abs(step * 10 ** decimals - Math.round(step * 10 ** decimals)) < 1e-9 &&
      Math.round(step * 10 ** decimals) > 0
    )
      return decimals;
  return undefined;
}
