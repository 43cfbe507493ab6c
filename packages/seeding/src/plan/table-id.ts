import type { TableName } from '@datamaker/connectors';

/** A table as it is called in plans, receipts and messages: `public.order`. */
export const tableId = ({ schema, name }: TableName): string => (schema === '' ? name : `${schema}.${name}`);
