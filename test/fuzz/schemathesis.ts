import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { pythonWith } from '../python/virtual-environment.ts';

const REQUIREMENTS = new URL('requirements.txt', import.meta.url);
const CHECKS = [
  'not_a_server_error',
  'status_code_conformance',
  'content_type_conformance',
  'response_headers_conformance',
  'response_schema_conformance',
  'no_internals',
];

export interface FuzzOptions {
  /** Of an OpenAPI document of a server that runs; requests are drawn from it. */
  readonly document: string;
  /** Sent with every request. */
  readonly headers: Readonly<Record<string, string>>;
  /** examples, coverage, fuzzing, stateful. */
  readonly phases: readonly string[];
  /** Requests that are drawn for each operation, beside the examples and the edges of schemas. */
  readonly perOperation: number;
  /** Address of a PostgreSQL that connections may lead to. */
  readonly target: string;
  readonly seed: number;
}

export interface Fuzzed {
  readonly requests: number;
  /** What was found, as schemathesis tells it; empty: nothing. */
  readonly findings: string;
}

interface Report {
  readonly test_cases: { readonly generated: number };
}

/** Sends requests that schemathesis draws from a document, and holds the answers against it. @throws when it does not run */
export async function fuzz({ document, headers, phases, perOperation, target, seed }: FuzzOptions): Promise<Fuzzed> {
  const folder = mkdtempSync(join(tmpdir(), 'datamaker-fuzz-'));
  const report = join(folder, 'report.json');
  try {
    const program = await pythonWith(REQUIREMENTS);
    const args = [
      ...['-m', 'schemathesis.cli', 'run', document, '--no-color', '--continue-on-failure', '--warnings', 'off'],
      ...['--phases', phases.join(','), '--checks', CHECKS.join(','), '--generation-database', 'none'],
      // A server that shares its machine is waited for.
      ...[
        '--request-timeout',
        '120',
        '--max-examples',
        String(perOperation),
        '--seed',
        String(seed),
        '--suppress-health-check',
        'all',
      ],
      ...['--report', 'json', '--report-json-path', report, '--output-sanitize', 'false'],
      ...Object.entries(headers).flatMap(([name, value]) => ['--header', `${name}: ${value}`]),
    ];
    const env = {
      ...process.env,
      PYTHONPATH: fileURLToPath(new URL('.', import.meta.url)),
      PYTHONDONTWRITEBYTECODE: '1',
      SCHEMATHESIS_HOOKS: 'hooks',
      DATAMAKER_FUZZ_TARGET: target,
    };
    const { code, output } = await run(program, args, { cwd: folder, env });
    // 1: something was found; anything else is trouble of its own.
    if (code !== 0 && code !== 1) throw new Error(`schemathesis ended with ${code}:\n${output}`);
    const { test_cases: cases } = JSON.parse(readFileSync(report, 'utf8')) as Report;
    return { requests: cases.generated, findings: code === 0 ? '' : output };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function run(program: string, args: readonly string[], options: { cwd: string; env: NodeJS.ProcessEnv }) {
  return new Promise<{ code: number | string | null; output: string }>((resolve) => {
    execFile(program, args, { ...options, maxBuffer: 1 << 28 }, (error, stdout, stderr) =>
      resolve({ code: error === null ? 0 : (error.code ?? null), output: stdout + stderr }),
    );
  });
}
