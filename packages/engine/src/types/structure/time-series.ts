import { add, constant, div, type Int, lookup, mod, mul, row } from '../../plan/program.ts';
import { gaussian } from '../../random/distributions.ts';
import { sine } from '../../random/portable-math.ts';
import { quantileTable } from '../../random/quantile-table.ts';
import { defineType, type FieldType, type OptionSpec } from '../field-type.ts';

const number = (summary: string, value: number, min = -1e9, max = 1e9): OptionSpec => ({
  kind: 'number',
  min,
  max,
  summary,
  default: value,
});

/** The trend goes on for so many rows, then begins again; it is kept in steps of 1/10,000 of the last decimal. */
const ROWS = 1e9;
const STEP = 10_000;

/** A measured value over the rows: base, trend, season and noise, added up. */
export const timeSeriesType: FieldType = defineType({
  key: 'time_series',
  label: 'Time series',
  family: 'structure',
  summary: 'A value that goes on from row to row: a base, a trend, a season that repeats, and noise.',
  aliases: ['series', 'sensor_reading', 'measurement'],
  options: {
    base: number('Value of the first row.', 100),
    trend: number('Change from row to row.', 0.01, -1000, 1000),
    period: { kind: 'integer', min: 2, max: 100_000, summary: 'Rows of a season.', default: 24 },
    amplitude: number('How far a season leads from the middle.', 10, 0),
    noise: number('Standard deviation of what comes on top.', 1, 0),
    decimals: {
      kind: 'integer',
      min: 0,
      max: 6,
      summary: 'Digits behind the point.',
      default: 2,
      aliases: ['precision'],
    },
  },
  example: 104.37,
  notUnique: 'values of a series repeat',
  check: ({ trend, decimals }) =>
    Math.abs(trend as number) * 10 ** (decimals as number) > 900_000
      ? [
          {
            option: 'trend',
            message: 'so steep a trend with so many decimals needs more than 64 bits',
            hint: 'use fewer decimals',
          },
        ]
      : [],
  build: (options) => {
    const { base, trend, period, amplitude, noise, decimals } = options as Record<string, number>;
    const unit = 10 ** (decimals ?? 2);
    const scaled = (value: number | undefined): number => Math.round((value ?? 0) * unit);
    const steps = Math.round((trend ?? 0) * unit * STEP);
    let value: Int = constant(scaled(base));
    if (steps !== 0) value = add(value, div(mul(mod(row, ROWS), steps), STEP));
    if (amplitude !== 0) {
      const season = Array.from({ length: period ?? 24 }, (_, i) =>
        scaled((amplitude ?? 0) * sine(i / (period ?? 24))),
      );
      value = add(value, lookup(season, mod(row, period ?? 24)));
    }
    const spread = (noise ?? 0) * unit;
    if (spread > 0) {
      const bound = Math.ceil(spread * 6);
      value = add(value, { op: 'quantile', table: quantileTable(gaussian(0, spread), -bound, bound) });
    }
    return { kind: 'decimal', body: [{ p: 'fixed', value, decimals: decimals ?? 2 }] };
  },
});
