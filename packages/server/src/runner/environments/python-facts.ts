import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** A Python that environments are made for. */
export interface PythonFacts {
  /** Absolute, links resolved. */
  readonly executable: string;
  /** Such as `3.12.4`. */
  readonly version: string;
  /** Such as `3.12`. */
  readonly minor: string;
  /** Such as `linux-x86_64`. */
  readonly platform: string;
  /** Where modules lie in an environment, such as `lib/python3.12/site-packages`. */
  readonly modules: string;
}

const ASK = `import json, os, sys, sysconfig
print(json.dumps({
  "executable": os.path.realpath(sys.executable),
  "version": ".".join(map(str, sys.version_info[:3])),
  "minor": ".".join(map(str, sys.version_info[:2])),
  "platform": sysconfig.get_platform(),
  "modules": sysconfig.get_path("purelib", "posix_prefix", {"base": "", "platbase": ""}).lstrip("/"),
}))`;

const known = new Map<string, Promise<PythonFacts>>();

/** @param python a path or a name @throws Error when it does not run */
export function pythonFacts(python: string): Promise<PythonFacts> {
  const asked = known.get(python) ?? ask(python);
  known.set(python, asked);
  // Another one may be there later.
  asked.catch(() => known.delete(python));
  return asked;
}

async function ask(python: string): Promise<PythonFacts> {
  const { stdout } = await run(python, ['-I', '-S', '-c', ASK], { timeout: 30_000 });
  return JSON.parse(stdout) as PythonFacts;
}
