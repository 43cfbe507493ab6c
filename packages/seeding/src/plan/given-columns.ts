import type { Column } from '@datamaker/connectors';
import { isKnownType } from '../schema-to-template/literal-of.ts';

/** A column that gets a value: not one that the database computes, or of which nothing is known and it has a default. */
export const isGiven = (column: Column): boolean =>
  column.isComputed !== true && isKnownType(column) && !isCounted(column);

/** A counter beside the key is left to count by itself. */
const isCounted = ({ generated }: Column): boolean => generated !== null;

/** Values that the database writes in a form of its own, or that change with its settings. */
export const isUncompared = ({ kind, dimensions }: Column): boolean =>
  dimensions > 0 || ['other', 'interval', 'xml'].includes(kind);
