import { validationError } from '../errors.ts';
import type { StoredConnection } from '../store/connections.ts';

/** @throws ApiError validation_error */
export function refuseFilter({ type }: StoredConnection, filter: string | undefined): void {
  if (filter === undefined || type === 'rest' || type === 'sap_odata') return;
  const [message, hint] = ['filter is for REST and OData', 'use `where`'];
  throw validationError([{ code: 'invalid_value', pointer: '/filter', message, hint }]);
}
