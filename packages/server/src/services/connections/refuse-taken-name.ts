import { conflict } from '../../errors.ts';
import { isConnectionNameTaken } from '../../store/connections.ts';

/** Says of a failed write that another connection has the name, where that is why. @throws ApiError conflict */
export function refuseTakenName(error: unknown): never {
  if (!isConnectionNameTaken(error)) throw error;
  throw conflict('connection_exists', 'the project has a connection of that name', 'take another name');
}
