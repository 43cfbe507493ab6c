import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** What the module of Helm asks for, and that of FerretDB less: they are built with this or a newer one. */
const NEEDED = [1, 26, 0] as const;
/** Go's own module of a toolchain, as newer versions of Go fetch one for themselves, and its checksum. */
const TOOLCHAIN = {
  platform: 'linux-x64',
  module: 'golang.org/toolchain@v0.0.1-go1.26.0.linux-amd64',
  sum: 'h1:1p2G5COR51f8Q3EQ4HLJQDDL2ytLEqfL/yTawB0Jr8w=',
};
const CACHE = fileURLToPath(new URL('../../../../node_modules/.cache/go1.26.0', import.meta.url));

/**
 * The path of a Go that builds FerretDB and Helm: this machine's own, or one that the older Go of this machine (Debian 12 has 1.19) gets
 * as a module.
 * @throws Error that says what to install
 */
export function findGo(): string {
  const version = versionOf('go');
  if (version === undefined) throw new Error('Go is missing: apt-get install golang-go');
  if (isEnough(version)) return 'go';
  const own = join(CACHE, 'bin', 'go');
  if (existsSync(own)) return own;
  if (`${process.platform}-${process.arch}` !== TOOLCHAIN.platform) throw tooOld(version);
  try {
    fetchToolchain();
  } catch (error) {
    throw tooOld(version, error);
  }
  return own;
}

function versionOf(go: string): string | undefined {
  try {
    // Not that of a module which this folder may be in.
    const said = execFileSync(go, ['version'], { encoding: 'utf8', env: { ...process.env, GOTOOLCHAIN: 'local' } });
    return /go(\d+\.\d+(?:\.\d+)?)/.exec(said)?.[1];
  } catch {
    return undefined;
  }
}

function isEnough(version: string): boolean {
  const parts = version.split('.').map(Number);
  for (const [i, needed] of NEEDED.entries()) {
    const part = parts[i] ?? 0;
    if (part !== needed) return part > needed;
  }
  return true;
}

/** In a module no file is executable, and none but its own is called go.mod: what Go does about that is done here. */
function fetchToolchain(): void {
  const env = { ...process.env, GOFLAGS: '', GOTOOLCHAIN: 'local' };
  const cwd = join(CACHE, '..');
  mkdirSync(cwd, { recursive: true });
  const said = execFileSync('go', ['mod', 'download', '-json', TOOLCHAIN.module], { cwd, env, encoding: 'utf8' });
  const { Dir: source, Sum: sum } = JSON.parse(said) as { Dir: string; Sum: string };
  if (sum !== TOOLCHAIN.sum) throw new Error(`${TOOLCHAIN.module} has the checksum ${sum}`);
  const script = `
    test -x "$CACHE/bin/go" && exit
    copy=$(mktemp -d "$CACHE.XXXXXX") && trap 'rm -rf "$copy"' EXIT
    cp -r --no-preserve=mode "$SOURCE/." "$copy" && cd "$copy"
    find . -name _go.mod -execdir mv {} go.mod ';'
    chmod -R a+x bin pkg/tool && mv "$copy" "$CACHE"`;
  execFileSync('flock', [`${CACHE}.lock`, 'sh', '-ec', script], {
    env: { ...env, CACHE, SOURCE: source },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
}

const tooOld = (version: string, cause?: unknown): Error =>
  new Error(
    `FerretDB and Helm are built with Go ${NEEDED.join('.')} or newer, and this machine has ${version}: install a newer one`,
    {
      cause,
    },
  );
