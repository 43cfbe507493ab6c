import type { Column } from '@datamaker/connectors';
import { isKnownType } from '../schema-to-template/literal-of.ts';

/** A column that gets a value: not one that the database computes, or of which nothing is known and it has a default. */
export const isGiven = (column: Column): boolean =>
  column.isComputed !== true && isKnownType(column) && !isCounted(column);

/** A counter beside the key is left to count by itself. */
const isCounted = ({ generated }: Column): boolean => generated !== null;

/** Values that the database writes in a form of its own, which nothing here knows: those that were given are not told from others. */
export const isUncompared = ({ kind, type }: Column): boolean =>
  ['other', 'xml'].includes(kind) || (kind === 'interval' && LESS_THAN_ALL.test(type));

/** Of spans of time that keep years or hours alone, PostgreSQL leaves out what is below. */
const LESS_THAN_ALL = /^interval (?:year|month|day|hour|minute)(?: to (?:month|hour|minute))?$/;
