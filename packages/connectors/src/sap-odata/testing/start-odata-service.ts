import { execFileSync, spawn } from 'node:child_process';
import { existsSync, globSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export interface ODataService {
  /** With `/v2` or `/v4` behind it the root of a service. */
  readonly url: string;
  readonly username: 'tester';
  readonly password: 'pässword';
  /** `POST /v2/SalesOrders 201`, one for each request. */
  log(): Promise<string[]>;
  /** Forgets all rows, numbers and the log. */
  reset(): Promise<void>;
  /** Forgets the tokens against cross-site requests, as after some minutes without a request. */
  expireTokens(): Promise<void>;
  /** What `$metadata` of `/tables/v2` or `/tables/v4` says from now on. */
  sayTables(version: string, metadata: string): Promise<void>;
  /** Entities in a set of those. */
  countOf(version: string, set: string): Promise<number>;
  stop(): Promise<void>;
}

const FOLDER = fileURLToPath(new URL('../../../../../test/odata-service', import.meta.url));

/** Apache Olingo, in Java: built once, and again when its sources are newer. */
export async function startODataService(): Promise<ODataService> {
  const [jar, lib] = [join(FOLDER, 'target', 'odata-service-1.jar'), join(FOLDER, 'target', 'lib', '*')];
  const sources = globSync(join(FOLDER, '{pom.xml,src/**/*.*}')).map((file) => statSync(file).mtimeMs);
  if (!existsSync(jar) || statSync(jar).mtimeMs < Math.max(...sources)) {
    execFileSync('mvn', ['--batch-mode', '--quiet', 'package'], {
      cwd: FOLDER,
      stdio: ['ignore', 'ignore', 'inherit'],
    });
  }
  const flags = ['-Xshare:auto', '-XX:TieredStopAtLevel=1', '-Xmx256m', '-Dorg.eclipse.jetty.LEVEL=OFF'];
  const child = spawn('java', [...flags, '-cp', `${jar}:${lib}`, 'sales.Main'], { stdio: ['pipe', 'pipe', 'ignore'] });
  const port = await new Promise<string>((resolve, reject) => {
    child.stdout.once('data', (said) => resolve(String(said).trim()));
    child.once('exit', (code) => reject(new Error(`the service ended with ${code}`)));
  });
  const control = async (what: string, body?: string): Promise<string> => {
    const method = body === undefined ? {} : { method: 'POST', body };
    const answer = await fetch(`http://127.0.0.1:${port}/control/${what}`, method);
    if (!answer.ok) throw new Error(`the service answered ${answer.status} to ${what}`);
    return answer.text();
  };
  return {
    url: `http://127.0.0.1:${port}`,
    username: 'tester',
    password: 'pässword',
    log: async () => (await control('log')).split('\n').filter((line) => line !== ''),
    reset: async () => void (await control('reset')),
    expireTokens: async () => void (await control('expire')),
    sayTables: async (version, metadata) => void (await control(`tables?version=${version}`, metadata)),
    countOf: async (version, set) => Number(await control(`count?version=${version}&set=${encodeURIComponent(set)}`)),
    stop: async () => {
      const ended = new Promise((resolve) => child.once('exit', resolve));
      // It ends with its standard input.
      child.stdin.end();
      await ended;
    },
  };
}
