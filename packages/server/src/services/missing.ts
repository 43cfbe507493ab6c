import { ApiError } from '../errors.ts';

/** What is not there, or is somebody else's: nobody can tell which. @throws ApiError not_found */
export function missing(what: string, id: string): never {
  throw new ApiError('not_found', `there is no ${what} ${JSON.stringify(id.slice(0, 80))}`);
}
