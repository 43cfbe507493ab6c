import { fromPaste } from './from-paste.ts';
import { idOf } from './id-of.ts';

/** A call to be proposed. */
export interface ProposedCall {
  readonly tool: string;
  readonly input: object;
}

/** What a request was read as. */
export interface Wish {
  /** In words, for whoever asked. */
  readonly reading: string;
  /** What comes after so many results: a call, or something to be said that ends it. What stands alone is made without looking. */
  readonly steps: readonly ((results: readonly unknown[]) => ProposedCall | string)[];
}

const TEMPLATE = 'list_templates';
const CONNECTION = 'list_connections';
const SCENARIO = 'list_scenarios';
const NAME = `["“']?(.+?)["”']?`;
const COUNT = String.raw`(\d[\d,_. ]*?)(k|m| thousand| million)?`;
const MAKE = '(?:please )?(?:generate|make|create|give me)';

/** Requests that are recognised, the more special ones first. */
const PATTERNS: readonly { readonly pattern: RegExp; readonly read: (groups: readonly string[]) => Wish }[] = [
  {
    pattern: new RegExp(
      `^(?:please )?(?:push|send|write|insert) ${COUNT} rows? of (?:template )?${NAME}(?: (?:in)?to (?:(?:table|path|entity set) )?${NAME} (?:of|in|on)| (?:in)?to) (?:the )?connection ${NAME}$`,
      'i',
    ),
    read: ([number = '', unit = '', template = '', table, connection = '']) =>
      push(countOf(number, unit), template, table, connection),
  },
  {
    pattern: new RegExp(
      `^${MAKE} (?:a )?templates? (?:from|of|for) (?:the )?(?:tables? |entity sets? )${NAME} (?:of|in|on) (?:the )?connection ${NAME}$`,
      'i',
    ),
    read: ([tables = '', connection = '']) => templatesOf(connection, namesIn(tables)),
  },
  {
    pattern: new RegExp(`^${MAKE} (?:a )?templates? (?:from|of|for) (?:the )?connection ${NAME}$`, 'i'),
    read: ([connection = '']) => templatesOf(connection, undefined),
  },
  {
    pattern: new RegExp(
      `^${MAKE} ${COUNT} rows? (?:of|from|with) (?:the )?template ${NAME}(?: with (?:the )?seed ${NAME})?$`,
      'i',
    ),
    read: ([number = '', unit = '', template = '', seed]) => generate(countOf(number, unit), template, seed),
  },
  {
    pattern: new RegExp(`^${MAKE} ${COUNT} rows? (?:with|of)(?: (?:the |these )?(?:columns|fields))?:? ${NAME}$`, 'is'),
    read: ([number = '', unit = '', columns = '']) => generateColumns(countOf(number, unit), namesIn(columns)),
  },
  {
    pattern: new RegExp(`^(?:please )?(?:run|execute|start) (?:the )?(?:scenario )?${NAME}( as a dry run)?$`, 'i'),
    read: ([scenario = '', dry]) => run(scenario, dry !== undefined),
  },
  {
    pattern: /^(?:show|look at|how is|what became of|explain)(?: me)?(?: the)?(?: run)? (run_\w+)$/i,
    read: ([id = '']) => one(`showing the run ${id}`, 'get_run', { run: id }),
  },
  {
    pattern:
      /^(?:please )?(?:list|show|which)(?: me)?(?: all)?(?: my| the)? (templates|connections|scenarios|runs|sets|files)(?: (?:are|do|have).*)?$/i,
    read: ([what = '']) => one(`listing ${what.toLowerCase()}`, `list_${what.toLowerCase()}`, {}),
  },
];

/** What a request asks for; undefined: no pattern fits. */
export function readWish(text: string): Wish | undefined {
  const pasted = fromPaste(text);
  if (pasted !== undefined)
    return one('making templates of what you pasted', 'template_from_schema', { source: pasted });
  const plain = text
    .trim()
    .replace(/\s+/g, ' ')
    .replace(/[.!?]+$/, '');
  // Nobody writes so long a request that fits.
  if (plain.length > 2000) return undefined;
  for (const { pattern, read } of PATTERNS) {
    const found = pattern.exec(plain);
    if (found !== null) return read(found.slice(1));
  }
  return undefined;
}

const one = (reading: string, tool: string, input: object): Wish => ({ reading, steps: [() => ({ tool, input })] });

/** Lists things, to find one by its name. */
const look = (tool: string) => (): ProposedCall => ({ tool, input: { limit: 100 } });

function generate(count: number, template: string, seed: string | undefined): Wish {
  return {
    reading: `making ${count} rows of the template ${template}`,
    steps: [
      look(TEMPLATE),
      ([found]) =>
        idOf(found, 'templates', template, (id) => ({
          tool: 'generate',
          input: { template: id, count, ...(seed === undefined ? {} : { seed }) },
        })),
    ],
  };
}

const generateColumns = (count: number, names: readonly string[]): Wish =>
  one(`making ${count} rows with ${names.join(', ')}, whose types I infer from their names`, 'datagen_generate_ai', {
    field_names: names,
    count,
  });

function push(count: number, template: string, table: string | undefined, connection: string): Wish {
  const where = table === undefined ? '' : `${table} of `;
  return {
    reading: `pushing ${count} rows of the template ${template} to ${where}the connection ${connection}`,
    steps: [
      look(TEMPLATE),
      look(CONNECTION),
      ([templates, connections]) =>
        idOf(templates, 'templates', template, (from) =>
          idOf(connections, 'connections', connection, (to) => ({
            tool: 'plan_push',
            input: { template: from, connection: to, count, ...(table === undefined ? {} : { table }) },
          })),
        ),
      ([, , plan]) => ({ tool: 'push_to_connection', input: (plan as { next: object }).next }),
    ],
  };
}

function templatesOf(connection: string, tables: readonly string[] | undefined): Wish {
  return {
    reading: `making templates of ${tables === undefined ? 'all tables' : tables.join(', ')} of the connection ${connection}`,
    steps: [
      look(CONNECTION),
      ([found]) =>
        idOf(found, 'connections', connection, (id) => ({
          tool: 'template_from_metadata',
          input: { connection: id, ...(tables === undefined ? {} : { tables }) },
        })),
    ],
  };
}

function run(scenario: string, isDry: boolean): Wish {
  return {
    reading: `running the scenario ${scenario}${isDry ? ', writing nowhere' : ''}`,
    steps: [
      look(SCENARIO),
      ([found]) =>
        idOf(found, 'scenarios', scenario, (id) => ({
          tool: 'execute_scenario',
          input: { scenario: id, ...(isDry ? { dry_run: true } : {}) },
        })),
      ([, begun]) => {
        const { run_id: runId } = begun as { run_id: string };
        return { tool: 'get_run', input: { run: runId, wait_seconds: 20 } };
      },
    ],
  };
}

const UNITS: Readonly<Record<string, number>> = { k: 1000, thousand: 1000, m: 1_000_000, million: 1_000_000 };

const countOf = (number: string, unit: string): number =>
  Number(number.replace(/[,_. ]/g, '')) * (UNITS[unit.trim().toLowerCase()] ?? 1);

/** "a, b and c" */
const namesIn = (text: string): string[] =>
  text
    .split(/\s*(?:,|;|\n|\band\b)\s*/i)
    .map((name) => name.trim().replace(/^(?:an?|the) /i, ''))
    .filter((name) => name !== '');
