/**
 * Which way imports may point. A rule speaks of one import: the file that has it (`from`), what it names (`to`: a path from
 * the root of the checkout, or the name of a package), and whether it brings in types only. Files of one folder may
 * always import each other.
 *
 * `allow` names targets that are fine after all, `allowTypes` those from which types are, `except` files that may.
 */
const engine = (...folders) => new RegExp(`^packages/engine/src/(${folders.join('|')})/`);
const server = (...folders) => new RegExp(`^packages/server/src/(${folders.join('|')})/`);
const LEAVES = ['random', 'regex', 'expression', 'locales', 'text'];

export const rules = [
  {
    name: 'server-is-the-top',
    sentence:
      'Nobody imports the server but the commands `serve`, `worker`, `backup`, `restore`, `doctor`, `secrets` and `workspaces`, and what runs functions of fields.',
    from: /^packages\/(?!server\/)/,
    except:
      /^packages\/cli\/src\/(commands\/(serve|server-options|worker|backup|restore|doctor|(secrets|workspaces)(\.test)?)|template\/with-programs)\.ts$/,
    to: /^(@datamaker\/server|packages\/server\/)/,
  },
  {
    name: 'web-stands-on-rest',
    sentence:
      'The web app imports of ours the engine alone, and that in its worker only; all else it asks over REST. Nobody imports it.',
    from: /^packages\/web\//,
    except: /^packages\/web\/src\/engine\//,
    to: /^(@datamaker\/|node:|packages\/(?!web\/))/,
    allowTypes: /^@datamaker\/engine(\/|$)/,
  },
  {
    name: 'nobody-imports-web',
    sentence: 'Nobody imports the web app: the server sends its files as they are.',
    from: /^packages\/(?!web\/)/,
    to: /^(@datamaker\/web|packages\/web\/)/,
  },
  {
    name: 'engine-is-alone',
    sentence:
      'The engine imports no package, neither one of ours nor one of others, but import its readers, file what writes containers, mask and computed hashes.',
    from: /^packages\/engine\/(?!src\/(mask|computed|import|file)\/)/,
    to: /^(?!packages\/engine\/|node:)/,
  },
  {
    name: 'file-writes-containers',
    sentence: 'file imports no more than format, plan, and the libraries that write containers.',
    from: engine('file'),
    to: /./,
    allow: /^(packages\/engine\/src\/(file|format|plan)\/|fflate$|hyparquet-writer\/)/,
  },
  {
    name: 'hashes-only',
    sentence:
      'mask and computed import no package but @noble/hashes and @scure/base, which are pure and run everywhere.',
    from: engine('mask', 'computed'),
    to: /^(?!packages\/engine\/|@noble\/hashes(\/|$)|@scure\/base$)/,
  },
  {
    name: 'mask-and-profile-are-on-top',
    sentence: 'In the engine nothing imports mask or profile but themselves: they work on rows that there are already.',
    from: /^packages\/engine\/src\/(?!index\.ts)/,
    to: engine('mask', 'profile'),
  },
  {
    name: 'import-reads',
    sentence: 'import takes yaml, sax, papaparse and fflate and no other package.',
    from: engine('import'),
    to: /^(?!packages\/engine\/|node:|(yaml|sax|papaparse|fflate)$)/,
  },
  {
    name: 'import-is-apart',
    sentence: 'In the engine nothing imports import: its libraries stay out of what only generates.',
    from: /^packages\/engine\//,
    to: engine('import'),
  },
  {
    name: 'infer-knows-types-only',
    sentence: 'infer imports nothing of the engine but types, locales and text: what it makes is data for template.',
    from: engine('infer'),
    to: /^packages\/engine\/src\/(?!(infer|types|locales|text)\/)/,
  },
  {
    name: 'engine-is-pure',
    sentence: 'In the engine only run imports modules of Node: all else runs in a browser as well.',
    from: /^packages\/engine\/src\/(?!run\/)/,
    to: /^node:/,
  },
  {
    name: 'leaves',
    sentence: `${LEAVES.join(', ')} import nothing but themselves, text, and types of plan/program.`,
    from: engine(...LEAVES),
    to: /./,
    allow: engine('text'),
    allowTypes: /^packages\/engine\/src\/plan\/program\.ts$/,
  },
  {
    name: 'plan-is-data',
    sentence: 'plan imports nothing but itself.',
    from: engine('plan'),
    to: /./,
  },
  {
    name: 'format-below-kernel',
    sentence: 'format does not import kernel, rows, run or compile.',
    from: engine('format'),
    to: engine('kernel', 'rows', 'run', 'compile'),
  },
  {
    name: 'kernel-below-rows',
    sentence: 'kernel does not import rows, run, compile, types or template.',
    from: engine('kernel'),
    to: engine('rows', 'run', 'compile', 'types', 'template'),
  },
  {
    name: 'rows-need-a-plan-only',
    sentence: 'rows does not import run, compile, types, template or locales: a plan holds all that rows are made of.',
    from: engine('rows'),
    to: engine('run', 'compile', 'types', 'template', 'locales'),
  },
  {
    name: 'types-declare',
    sentence: 'types does not import kernel, rows, run or compile.',
    from: engine('types'),
    to: engine('kernel', 'rows', 'run', 'compile'),
  },
  {
    name: 'template-parses',
    sentence: 'template does not import kernel, rows, run, compile or format.',
    from: engine('template'),
    to: engine('kernel', 'rows', 'run', 'compile', 'format'),
  },
  {
    name: 'compile-stops-at-the-plan',
    sentence: 'compile does not import rows.',
    from: engine('compile'),
    to: engine('rows'),
  },
  {
    name: 'run-is-the-top',
    sentence: 'In the engine nothing imports run but run.',
    from: /^packages\/engine\//,
    to: engine('run'),
  },
  {
    name: 'store-is-the-bottom',
    sentence: 'In the server store imports neither services nor http.',
    from: server('store'),
    to: server('services', 'http'),
  },
  {
    name: 'services-know-no-door',
    sentence: 'In the server services do not import http.',
    from: server('services'),
    to: server('http'),
  },
  {
    name: 'security-is-apart',
    sentence: 'In the server security imports neither http, services nor store.',
    from: server('security'),
    to: server('http', 'services', 'store'),
  },
  {
    name: 'the-sandbox-is-apart',
    sentence: 'In the server the sandbox imports nothing of the server: it knows neither scenarios nor who runs them.',
    from: server('runner/sandbox'),
    to: /^packages\/(?!server\/src\/runner\/sandbox\/)/,
  },
  {
    name: 'doors-call-services',
    sentence: 'In the server http takes only types from store; who holds a key is asked before any service can run.',
    from: server('http'),
    except: /^packages\/server\/src\/http\/authenticate\.ts$/,
    to: server('store'),
    allowTypes: server('store'),
  },
  {
    name: 'tools-ask-the-api',
    sentence:
      'In the server tools know neither http, services nor store, but for telling the API whom they ask for: they ask it.',
    from: server('tools'),
    to: server('http', 'services', 'store', 'mcp'),
    allow: server('services/callers'),
  },
  {
    name: 'mcp-calls-tools',
    sentence: 'In the server mcp imports neither http, services nor store: it offers tools and reads by the API.',
    from: server('mcp'),
    to: server('http', 'services', 'store'),
  },
  {
    name: 'mcp-in-one-place',
    sentence: 'Only the doors of MCP import its library.',
    from: /^packages\/(?!server\/src\/(mcp|http\/mcp)\/)/,
    to: /^@modelcontextprotocol\//,
  },
  {
    name: 'sql-in-the-store',
    sentence: 'Only store imports kysely; pg and its COPY are for store and for connections to PostgreSQL.',
    from: /^packages\/(?!server\/src\/store\/)/,
    except: /^packages\/connectors\/src\/(postgres|testing)\//,
    to: /^(pg|pg-copy-streams|pg-cursor|kysely)(\/|$)/,
  },
  {
    name: 'mongodb-in-its-folder',
    sentence: 'Only connections to MongoDB import its driver.',
    from: /^packages\/(?!connectors\/src\/(mongodb|testing)\/)/,
    to: /^(mongodb|bson)(\/|$)/,
  },
  {
    name: 'mysql2-in-one-place',
    sentence: 'Only connections to MySQL and MariaDB import mysql2, and what starts a server for their tests.',
    from: /^packages\/(?!connectors\/src\/(mysql|testing)\/)/,
    to: /^mysql2(\/|$)/,
  },
  {
    name: 'streams-on-the-engine',
    sentence: 'streams imports the engine and the clients of what it sends to.',
    from: /^packages\/streams\//,
    to: /^(?!packages\/streams\/|@datamaker\/engine$|node:|@nats-io\/|@redis\/)/,
  },
  {
    name: 'brokers-in-streams',
    sentence: 'Only streams imports the clients of NATS and Redis.',
    from: /^packages\/(?!streams\/)/,
    to: /^(@nats-io|@redis)\//,
  },
  {
    name: 'shared-by-systems',
    sentence:
      'In connectors the folder of a system imports no folder of another; what they share is in sql, schema and dial.',
    from: /^packages\/connectors\/src\/(sql|schema|dial)\//,
    to: /^packages\/connectors\/src\/(postgres|mysql|mssql|oracle|db2|mongodb|rest|sap-odata)\//,
  },
  {
    name: 'seeding-between',
    sentence:
      'seeding is on top of engine and connectors and below server and cli: it knows systems by their sessions only.',
    from: /^packages\/(engine|connectors)\//,
    to: /^(@datamaker\/seeding|packages\/seeding\/)/,
  },
  {
    name: 'fastify-in-http',
    sentence: 'Only http imports fastify; tests of connectors ask a server that is made with it.',
    from: /^packages\/(?!server\/src\/http\/)/,
    except: /^packages\/connectors\/src\/rest\/testing\//,
    to: /^(@?fastify)(\/|$)/,
  },
  {
    name: 'http-through-the-dialer',
    sentence: 'Of connectors only http asks over HTTP, with sockets of the dialer.',
    from: /^packages\/connectors\/src\/(?!http\/)/,
    to: /^(undici|tough-cookie|node:https?|node:http2)(\/|$)/,
  },
  {
    name: 'models-in-one-place',
    sentence: 'Only model imports libraries that speak with language models.',
    from: /^packages\/(?!server\/src\/model\/)/,
    to: /^(ai|@ai-sdk\/.*)$/,
  },
  {
    name: 'observing-in-one-place',
    sentence: 'Only http/observe imports libraries of metrics and traces.',
    from: /^packages\/(?!server\/src\/http\/observe\/)/,
    to: /^(prom-client|@opentelemetry\/.*)$/,
  },
  {
    name: 'sdk-is-alone',
    sentence: 'The TypeScript package imports nothing: it runs wherever `fetch` is.',
    from: /^packages\/sdk\//,
    to: /^(?!packages\/sdk\/)/,
  },
  {
    name: 'local-on-the-engine',
    sentence: 'Local mode imports the engine and the TypeScript package, and no test runner: those come to it.',
    from: /^packages\/local\//,
    to: /^(?!packages\/local\/|@datamaker\/engine$|datamaker$|node:)/,
  },
  {
    name: 'tests-stay-outside',
    sentence: 'What is shipped imports neither tests nor helpers of tests.',
    from: /^packages\//,
    to: /\.test\.ts$|\/testing\//,
  },
];
