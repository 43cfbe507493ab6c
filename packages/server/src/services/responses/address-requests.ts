import type { ResponseRequest } from '@datamaker/engine';
import { type ErrorDetail, validationError } from '../../errors.ts';
import { findNamedConnection, type StoredConnection } from '../../store/connections.ts';
import type { TemplateSource } from '../pinned-templates.ts';
import type { AddressedRequest } from './fetch-responses.ts';

/** Most different answers that the fields of a template pick from. */
const MAX_REQUESTS = 20;
const SERVICES = ['rest', 'sap_odata'];

/**
 * Finds the connections that are asked, in the project of the template. Nobody is asked yet.
 * @throws ApiError validation_error
 */
export async function addressRequests(
  requests: readonly ResponseRequest[],
  { tenant, projectId }: TemplateSource['scope'],
): Promise<readonly AddressedRequest[]> {
  const surplus = requests[MAX_REQUESTS];
  if (surplus !== undefined) {
    const message = `fields pick from ${requests.length} different answers; at most ${MAX_REQUESTS} are fetched`;
    const hint = 'have fields pick from the same rows, or from a saved set';
    throw validationError([{ code: 'too_many_resources', pointer: surplus.pointer, message, hint }]);
  }
  if (requests.length === 0) return [];
  const known = new Map<string, StoredConnection | undefined>();
  await tenant(async (tx) => {
    for (const name of new Set(requests.map((request) => placeOf(request).name))) {
      // PostgreSQL takes no NUL, and nothing has such a name.
      if (!name.includes('\0')) known.set(name, await findNamedConnection(tx, projectId, name));
    }
  });
  const wrong: ErrorDetail[] = [];
  const addressed = requests.flatMap((request): AddressedRequest[] => {
    const { name, option } = placeOf(request);
    const connection = known.get(name);
    const problem = connection === undefined ? notFound(name) : problemOf(request, connection);
    if (problem !== undefined) wrong.push({ ...problem, pointer: `${request.pointer}/options/${option}` });
    return connection === undefined ? [] : [{ request, connection }];
  });
  if (wrong.length > 0) throw validationError(wrong);
  return addressed;
}

type Problem = Omit<ErrorDetail, 'pointer'>;

function placeOf({ options }: ResponseRequest): { readonly name: string; readonly option: string } {
  const option = options['connection'] === undefined ? 'endpoint' : 'connection';
  return { name: options[option] as string, option };
}

const notFound = (name: string): Problem => ({
  code: 'connection_not_found',
  message: `there is no connection ${JSON.stringify(name.slice(0, 80))} in the project`,
  hint: 'give the id or name of one: GET /connections lists them',
});

function problemOf(
  { type, options }: ResponseRequest,
  { type: system, config }: StoredConnection,
): Problem | undefined {
  const isService = SERVICES.includes(system);
  if (type === 'db_response' && isService) {
    const message = `a connection of type ${system} is no database`;
    return { code: 'wrong_connection_type', message, hint: 'use the type `api_response`' };
  }
  if (type === 'db_response') return undefined;
  if (!isService) {
    const message = `a connection of type ${system} is no REST or OData service`;
    return { code: 'wrong_connection_type', message, hint: 'use the type `db_response`' };
  }
  if (options['connection'] !== undefined || (system === 'rest' && typeof config.options['path'] === 'string'))
    return undefined;
  const message = 'the connection has no path of its own';
  return { code: 'table_needed', message, hint: 'name the connection in `connection`, and the path in `endpoint`' };
}
