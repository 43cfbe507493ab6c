/** Where packages are inside. */
const SITE = '/opt/datamaker/site';

/** How Python is called inside a sandbox, and what of the host it needs there. */
export interface PythonRuntime {
  /** @param script its path inside */
  argv(script: string): readonly string[];
  readonly mounts: readonly { readonly source: string; readonly target: string; readonly writable: boolean }[];
  readonly env: Readonly<Record<string, string>>;
}

/**
 * The host's Python without site packages of users (`-s`); what it writes leaves at once (`-u`), in UTF-8 whatever the locale. Of variables
 * that Python reads it has those here, which go before what a secret may be called.
 * @param python its name or path
 * @param site folder of the host with packages that can be imported
 */
export const hostPython = (python: string, site: string): PythonRuntime => ({
  argv: (script) => [python, '-s', '-u', '-X', 'utf8', script],
  mounts: [{ source: site, target: SITE, writable: false }],
  env: {
    PATH: '/usr/local/bin:/usr/bin:/bin',
    LANG: 'C.UTF-8',
    TZ: 'UTC',
    PYTHONPATH: SITE,
    PYTHONSAFEPATH: '1',
    PYTHONDONTWRITEBYTECODE: '1',
  },
});
