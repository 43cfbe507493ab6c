import { validationError } from '../errors.ts';
import type { StoredConnection } from '../store/connections.ts';
import { tableNameText } from './schemas/table.ts';

/** Words for where rows are: `table` for all systems, and what some of them call it. */
export const places = {
  table: tableNameText.optional().meta({
    description: 'The table. `entity` and `path` are other words for it; a REST connection may have a path of its own.',
  }),
  entity: tableNameText.optional().meta({ description: 'Of OData: `table`.' }),
  path: tableNameText.optional().meta({ description: 'Of REST: `table`.' }),
};

/**
 * The table that a request names.
 * @throws ApiError validation_error, when it names none, or names it twice
 */
export function placeOf(
  { type, config }: StoredConnection,
  { table, entity, path }: Partial<Record<keyof typeof places, string | undefined>>,
): string {
  const given = Object.entries({ table, entity, path }).flatMap(([word, name]) =>
    name === undefined ? [] : [{ word, name }],
  );
  const [one, other] = given;
  if (other !== undefined) {
    const message = `\`${one?.word}\` and \`${other.word}\` are words for the same`;
    throw validationError([{ code: 'invalid_value', pointer: `/${other.word}`, message, hint: 'give one of them' }]);
  }
  if (one !== undefined) return one.name;
  const own = config.options['path'];
  if (type === 'rest' && typeof own === 'string') return own;
  const message = 'say which table is meant';
  throw validationError([{ code: 'table_needed', pointer: '/table', message, hint: 'a `table`, `entity` or `path`' }]);
}
