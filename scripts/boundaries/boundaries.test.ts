import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { findCycles, findHosts, findViolations } from './find-violations.mjs';
import { readImports } from './read-imports.mjs';
import { rules } from './rules.mjs';

interface Rule {
  readonly name: string;
}

/** A small tree in which everything points the right way. */
const TREE = {
  'packages/cli/src/main.ts': "import { run } from '@datamaker/engine/run';\nimport './commands/serve.ts';\n",
  'packages/cli/src/commands/serve.ts': "const { startServer } = await import('@datamaker/server');\n",
  'packages/engine/src/index.ts':
    "export { plan } from './plan/plan.ts';\nexport { lex } from './expression/lex.ts';\n",
  'packages/engine/src/expression/lex.ts': "import { near } from '../text/near.ts';\nexport const lex = near;\n",
  'packages/engine/src/file/zip.ts': "import { Deflate } from 'fflate';\nexport const zip = Deflate;\n",
  'packages/engine/src/random/alias.ts': "import type { Int } from '../plan/program.ts';\nexport type Alias = Int;\n",
  'packages/engine/src/text/near.ts': 'export const near = 1;\n',
  'packages/engine/src/mask/rows.ts': "import { hmac } from '@noble/hashes/hmac.js';\nexport const mask = hmac;\n",
  'packages/engine/src/plan/plan.ts': "import type { Int } from './program.ts';\nexport const plan = 1 as Int;\n",
  'packages/engine/src/plan/program.ts': 'export type Int = number;\n',
  'packages/engine/src/run/run.ts': "import { Worker } from 'node:worker_threads';\nexport const run = Worker;\n",
  'packages/engine/src/run/run.test.ts': "import { it } from 'vitest';\nimport '../testing/golden.ts';\n",
  'packages/engine/src/testing/golden.ts': "import { readFileSync } from 'node:fs';\n",
  'packages/server/src/http/app.ts':
    "import fastify from 'fastify';\nimport type { Store } from '../store/open.ts';\nimport '../services/list.ts';\n",
  'packages/server/src/services/list.ts': "import '../store/open.ts';\n",
  'packages/server/src/store/open.ts': "import { Kysely } from 'kysely';\nimport '../security/key.ts';\n",
  'packages/server/src/security/key.ts': "import { createHash } from 'node:crypto';\n",
  'packages/web/src/engine/engine.worker.ts':
    "import { parse } from '@datamaker/engine';\nexport const read = parse;\n",
  'packages/web/src/pages/Rows.tsx':
    "import type { Plan } from '@datamaker/engine';\nexport const Rows = (_: Plan) => <p />;\n",
};

/** For each rule a file that breaks it, and it alone. */
const PLANTS: Record<string, [file: string, source: string]> = {
  'server-is-the-top': ['packages/cli/src/planted.ts', "import { startServer } from '@datamaker/server';"],
  'web-stands-on-rest': ['packages/web/src/pages/Planted.tsx', "import { parseTemplate } from '@datamaker/engine';"],
  'nobody-imports-web': ['packages/server/src/http/planted.ts', "import '@datamaker/web';"],
  'engine-is-alone': ['packages/engine/src/compile/planted.ts', "import pad from 'left-pad';"],
  'file-writes-containers': ['packages/engine/src/file/planted.ts', "import { row } from '../rows/row.ts';"],
  'hashes-only': ['packages/engine/src/mask/planted.ts', "import pad from 'left-pad';"],
  'mask-and-profile-are-on-top': ['packages/engine/src/rows/planted.ts', "import { mask } from '../mask/rows.ts';"],
  'import-reads': ['packages/engine/src/import/planted.ts', "import pad from 'left-pad';"],
  'import-is-apart': ['packages/engine/src/compile/planted.ts', "import { read } from '../import/read.ts';"],
  'infer-knows-types-only': [
    'packages/engine/src/infer/planted.ts',
    "import { compile } from '../compile/compile.ts';",
  ],
  'engine-is-pure': ['packages/engine/src/rows/planted.ts', "import { readFileSync } from 'node:fs';"],
  leaves: ['packages/engine/src/regex/planted.ts', "import type { Plan } from '../plan/plan.ts';"],
  'plan-is-data': ['packages/engine/src/plan/planted.ts', "import type { Template } from '../template/template.ts';"],
  'format-below-kernel': ['packages/engine/src/format/planted.ts', "import '../kernel/emit.ts';"],
  'kernel-below-rows': ['packages/engine/src/kernel/planted.ts', "import type { Type } from '../types/type.ts';"],
  'rows-need-a-plan-only': ['packages/engine/src/rows/planted.ts', "import { load } from '../locales/load.ts';"],
  'types-declare': ['packages/engine/src/types/planted.ts', "export * from '../kernel/emit.ts';"],
  'template-parses': ['packages/engine/src/template/planted.ts', "export { csv } from '../format/csv.ts';"],
  'compile-stops-at-the-plan': ['packages/engine/src/compile/planted.ts', "await import('../rows/generate.ts');"],
  'run-is-the-top': ['packages/engine/src/planted.ts', "import { run } from './run/run.ts';"],
  'store-is-the-bottom': ['packages/server/src/store/planted.ts', "import { list } from '../services/list.ts';"],
  'services-know-no-door': ['packages/server/src/services/planted.ts', "import { app } from '../http/app.ts';"],
  'security-is-apart': ['packages/server/src/security/planted.ts', "import type { Store } from '../store/open.ts';"],
  'the-sandbox-is-apart': [
    'packages/server/src/runner/sandbox/planted.ts',
    "import { ERRORS } from '../../errors.ts';",
  ],
  'doors-call-services': ['packages/server/src/http/planted.ts', "import { open } from '../store/open.ts';"],
  'tools-ask-the-api': ['packages/server/src/tools/planted.ts', "import { list } from '../services/list.ts';"],
  'mcp-calls-tools': ['packages/server/src/mcp/planted.ts', "import { list } from '../services/list.ts';"],
  'mcp-in-one-place': [
    'packages/server/src/services/planted.ts',
    "import { Server } from '@modelcontextprotocol/server';",
  ],
  'sql-in-the-store': ['packages/server/src/services/planted.ts', "import { Migrator } from 'kysely/migration';"],
  'mongodb-in-its-folder': ['packages/server/src/services/planted.ts', "import { MongoClient } from 'mongodb';"],
  'mysql2-in-one-place': ['packages/connectors/src/sql/planted.ts', "import mysql from 'mysql2/promise';"],
  'streams-on-the-engine': [
    'packages/streams/src/planted.ts',
    "import { loadConnector } from '@datamaker/connectors';",
  ],
  'brokers-in-streams': ['packages/cli/src/planted.ts', "import { createClient } from '@redis/client';"],
  'shared-by-systems': ['packages/connectors/src/sql/planted.ts', "import { pg } from '../postgres/connect.ts';"],
  'seeding-between': ['packages/connectors/src/planted.ts', "import { planSeed } from '@datamaker/seeding';"],
  'fastify-in-http': ['packages/server/src/services/planted.ts', "import type { FastifyRequest } from 'fastify';"],
  'http-through-the-dialer': ['packages/connectors/src/rest/planted.ts', "import { request } from 'undici';"],
  'models-in-one-place': ['packages/server/src/services/planted.ts', "import { generateText } from 'ai';"],
  'observing-in-one-place': ['packages/server/src/services/planted.ts', "import { Registry } from 'prom-client';"],
  'sdk-is-alone': ['packages/sdk/src/planted.ts', "import { compileTemplate } from '@datamaker/engine';"],
  'local-on-the-engine': ['packages/local/src/planted.ts', "import { test } from 'vitest';"],
  'tests-stay-outside': ['packages/engine/src/compile/planted.ts', "import { golden } from '../testing/golden.ts';"],
};

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'boundaries-'));
  for (const [file, source] of Object.entries(TREE)) put(file, source);
});
afterEach(() => rmSync(root, { recursive: true }));

function put(file: string, source: string): void {
  mkdirSync(dirname(join(root, file)), { recursive: true });
  writeFileSync(join(root, file), source);
}

describe('boundaries', () => {
  it('finds nothing in a tree that keeps the rules', () => {
    const imports = readImports(root);
    expect(imports.length).toBeGreaterThan(10);
    expect([...findViolations(imports, rules), ...findCycles(imports)]).toEqual([]);
  });

  it('has a planted violation for each rule', () => {
    expect(Object.keys(PLANTS)).toEqual(rules.map(({ name }: Rule) => name));
  });

  it.each(Object.entries(PLANTS))('fires %s on a planted violation, with file and line', (name, [file, source]) => {
    put(file, `// planted\n${source}\n`);
    const [line, ...more] = findViolations(readImports(root), rules);
    expect(line).toMatch(new RegExp(`^${file}:2 imports .* \\[${name}\\]$`));
    expect(more).toEqual([]);
  });

  it('finds files that import each other in a circle, but not through types or lazily', () => {
    put('packages/engine/src/text/near.ts', "import '../expression/far.ts';");
    put('packages/engine/src/expression/far.ts', "import './lex.ts';");
    expect(findCycles(readImports(root))).toHaveLength(1);
    put('packages/engine/src/expression/far.ts', "import type { Lex } from './lex.ts';");
    expect(findCycles(readImports(root))).toEqual([]);
    put('packages/engine/src/expression/far.ts', "await import('./lex.ts');");
    expect(findCycles(readImports(root))).toEqual([]);
  });

  it('finds addresses of hosts in a lockfile, but not links to workspaces', () => {
    const lockfile = (resolved: string) => JSON.stringify({ packages: { '': {}, 'node_modules/a': { resolved } } });
    expect(findHosts(lockfile('https://registry.example/a.tgz'))).toHaveLength(1);
    expect(findHosts(lockfile('git+ssh://git@host.example/a.git'))).toHaveLength(1);
    expect(findHosts(lockfile('packages/engine'))).toEqual([]);
  });
});
