/** What calls before have given: ids by name. */
export type Found = Record<string, string>;

interface Step {
  readonly tool: string;
  readonly give: (found: Found) => Record<string, unknown>;
  /** What later steps need of the answer. */
  readonly keep?: (data: Readonly<Record<string, unknown>>, found: Found) => void;
}

const FIELDS = [
  { name: 'id', type: 'sequence' },
  { name: 'full_name', type: 'full_name' },
];
const SCHEMA_FIELDS = [{ name: 'mail', type: 'email' }];
const WAIT = { wait_seconds: 30 };

/** Remembers something of the answer; what is no text, as JSON. */
const as =
  (name: string, key: string): NonNullable<Step['keep']> =>
  (data, found) => {
    found[name] = typeof data[key] === 'string' ? data[key] : JSON.stringify(data[key]);
  };

/**
 * Each tool at least once, in an order in which each has what it needs: a template, rows of it in a database and out again, a scenario, a
 * set, a file. `found` begins with `url`, where a PostgreSQL has the tables `person` and `made`, and a `name` that nothing has yet.
 */
export const JOURNEY: readonly Step[] = [
  { tool: 'get_usage', give: () => ({}) },
  {
    tool: 'create_template',
    give: ({ name }) => ({ name, fields: FIELDS }),
    keep: as('template', 'id'),
  },
  { tool: 'list_templates', give: ({ name }) => ({ name }) },
  { tool: 'get_template', give: ({ template }) => ({ template }) },
  { tool: 'validate_template', give: () => ({ fields: FIELDS }) },
  { tool: 'update_template', give: ({ template, name }) => ({ template, name: `${name} changed` }) },
  { tool: 'template_from_schema', give: ({ name }) => ({ source: `CREATE TABLE "${name}" (id int, mail text);` }) },
  { tool: 'infer_schema', give: () => ({ field_names: ['email'] }) },
  { tool: 'preview', give: ({ template }) => ({ template, seed: 'x' }) },
  { tool: 'profile', give: ({ template }) => ({ template, count: 100 }) },
  { tool: 'estimate', give: ({ template }) => ({ template, count: 1000 }) },
  {
    tool: 'generate',
    give: ({ template }) => ({ template, count: 50, show: 5, seed: 'x' }),
    keep: as('run', 'run_id'),
  },
  { tool: 'get_run', give: ({ run }) => ({ run, ...WAIT }) },
  { tool: 'list_runs', give: () => ({ kind: 'generation' }) },
  {
    tool: 'create_connection',
    give: ({ name, url }) => ({ name, type: 'postgres', url }),
    keep: as('connection', 'id'),
  },
  { tool: 'verify_connection', give: ({ connection }) => ({ connection }) },
  { tool: 'list_connections', give: () => ({}) },
  { tool: 'get_connection', give: ({ connection }) => ({ connection }) },
  { tool: 'get_metadata', give: ({ connection }) => ({ connection }) },
  {
    tool: 'template_from_metadata',
    give: ({ connection }) => ({ connection, tables: ['made'] }),
  },
  {
    tool: 'plan_push',
    give: ({ template, connection }) => ({ template, connection, table: 'person', count: 20, on_conflict: 'skip' }),
    keep: as('push', 'next'),
  },
  {
    tool: 'push_to_connection',
    give: ({ push }) => JSON.parse(push ?? '') as Record<string, unknown>,
    keep: as('pushed', 'run_id'),
  },
  { tool: 'get_run', give: ({ pushed }) => ({ run: pushed, ...WAIT }) },
  {
    tool: 'fetch_from_connection',
    give: ({ connection, name }) => ({ connection, table: 'person', set: `fetched-${name}` }),
  },
  {
    tool: 'plan_undo',
    give: ({ pushed }) => ({ run: pushed }),
    keep: as('undo', 'plan_hash'),
  },
  {
    tool: 'undo_run',
    give: ({ pushed, undo }) => ({ run: pushed, plan_hash: undo }),
    keep: as('undone', 'run_id'),
  },
  { tool: 'get_run', give: ({ undone }) => ({ run: undone, ...WAIT }) },
  {
    tool: 'plan_seed',
    give: ({ connection }) => ({ connection, rows: 3, tables: { 'public.person': { rows: 0 } } }),
    keep: as('seed', 'next'),
  },
  {
    tool: 'seed_database',
    give: ({ seed }) => JSON.parse(seed ?? '') as Record<string, unknown>,
    keep: as('seeded', 'run_id'),
  },
  { tool: 'get_run', give: ({ seeded }) => ({ run: seeded, ...WAIT }) },
  {
    tool: 'save_scenario',
    give: ({ name }) => ({ name, code: 'import time\nprint("one")\nprint("two")\ntime.sleep(600)\n' }),
    keep: as('scenario', 'id'),
  },
  { tool: 'list_scenarios', give: () => ({}) },
  { tool: 'get_scenario', give: ({ scenario }) => ({ scenario }) },
  {
    tool: 'execute_scenario',
    give: ({ scenario }) => ({ scenario }),
    keep: as('executed', 'run_id'),
  },
  { tool: 'get_scenario_run', give: ({ scenario, executed }) => ({ scenario, run: executed }) },
  { tool: 'get_scenario_run_logs', give: ({ scenario, executed }) => ({ scenario, run: executed, tail: 5 }) },
  { tool: 'cancel_run', give: ({ executed }) => ({ run: executed }) },
  { tool: 'save_set', give: ({ name }) => ({ name, rows: [{ id: 1 }, { id: 2 }, { id: 3 }] }) },
  { tool: 'list_sets', give: () => ({}) },
  { tool: 'load_set', give: ({ name }) => ({ name, limit: 2 }) },
  { tool: 'write_file', give: ({ name }) => ({ name: `folder/${name}.csv`, text: 'a,b\n1,ü\n' }) },
  { tool: 'list_files', give: () => ({}) },
  { tool: 'read_file', give: ({ name }) => ({ name: `folder/${name}.csv` }) },
  { tool: 'datagen_health', give: () => ({}) },
  { tool: 'datagen_field_types', give: () => ({}) },
  { tool: 'datagen_capabilities', give: () => ({}) },
  { tool: 'datagen_infer_schema', give: () => ({ field_names: ['email', 'city'] }) },
  { tool: 'datagen_validate', give: () => ({ schema_fields: SCHEMA_FIELDS, count: 2 }) },
  { tool: 'datagen_generate', give: () => ({ schema_fields: SCHEMA_FIELDS, count: 2 }) },
  { tool: 'datagen_generate_ai', give: () => ({ field_names: ['email'], count: 2 }) },
  { tool: 'datagen_generate_ai_stream', give: () => ({ field_names: ['email'], count: 2 }) },
  { tool: 'delete_template', give: ({ template }) => ({ template }) },
];
