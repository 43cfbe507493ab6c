import type { IdNumber } from './id-number.ts';

/** Groups that the Internal Revenue Service gives (IRM 3.21.263). */
const GROUPS = Array.from({ length: 30 }, (_, i) => String(i + 70)).filter((group) => !['89', '93'].includes(group));

/** United States: a taxpayer who has no Social Security Number. Groups 50 to 65, given since 2013, are left out. */
export const itin: IdNumber = {
  country: 'US',
  name: 'Individual Taxpayer Identification Number (ITIN)',
  source: 'Internal Revenue Service, IRM 3.21.263',
  example: '912-90-3456',
  build: (id) => {
    id.fixed('9').digits(2).separator('-').oneOf(GROUPS).separator('-').digits(3).digits(1);
  },
};
