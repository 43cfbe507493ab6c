/**
 * Settings of every session, so that values have one form and one fate whatever the server's own are: too long is refused and not
 * cut, 0 is a number and not a wish for the next one, moments are in UTC, and a transaction ends where it is said to end.
 */
const SETTINGS = {
  // Zero dates are taken as they are: other systems of the same data have them.
  sql_mode: "'STRICT_ALL_TABLES,ERROR_FOR_DIVISION_BY_ZERO,NO_AUTO_VALUE_ON_ZERO,NO_ENGINE_SUBSTITUTION'",
  time_zone: "'+00:00'",
  autocommit: '1',
  completion_type: "'NO_CHAIN'",
  foreign_key_checks: '1',
  unique_checks: '1',
  sql_safe_updates: '0',
  sql_auto_is_null: '0',
  sql_select_limit: 'DEFAULT',
  // Rows may come slowly, and may be taken slowly.
  wait_timeout: '28800',
  net_write_timeout: '3600',
};

/** The statements that set a session up. */
export const settingsOf = (readOnly: boolean): readonly string[] => [
  `SET NAMES utf8mb4, ${Object.entries(SETTINGS)
    .map(([name, value]) => `SESSION ${name} = ${value}`)
    .join(', ')}`,
  // All that is read in a transaction is of one moment, also where the server is set otherwise.
  ...(readOnly ? ['SET SESSION TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY'] : []),
];
