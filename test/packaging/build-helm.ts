import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { findGo } from '../../packages/connectors/src/testing/find-go.ts';

const FOLDER = fileURLToPath(new URL('./helm', import.meta.url));
const CACHE = fileURLToPath(new URL('../../node_modules/.cache/helm', import.meta.url));

/**
 * The path of Helm, of the version that helm/go.mod names, with the checksums of helm/go.sum. It is built once: four minutes of one
 * processor, and never again.
 * @throws Error when Go is missing, or a module cannot be had
 */
export function buildHelm(): string {
  const module = readFileSync(join(FOLDER, 'go.mod'), 'utf8');
  const [, version = ''] = /helm\.sh\/helm\/v4 (v\S+)/.exec(module) ?? [];
  const program = join(CACHE, `helm-${version}`);
  if (existsSync(program)) return program;
  mkdirSync(CACHE, { recursive: true });
  // One at a time; whoever waited finds it made.
  const script = `
    test -x "$PROGRAM" && exit
    made=$(mktemp "$PROGRAM.XXXXXX") && trap 'rm -f "$made"' EXIT
    "$GO" build -trimpath -buildvcs=false -ldflags='-s -w' -o "$made" helm.sh/helm/v4/cmd/helm && mv "$made" "$PROGRAM"`;
  const env = { ...process.env, GOFLAGS: '', CGO_ENABLED: '0', GOTOOLCHAIN: 'local', GO: findGo(), PROGRAM: program };
  execFileSync('flock', [join(CACHE, 'lock'), 'sh', '-ec', script], {
    cwd: FOLDER,
    env,
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  return program;
}
