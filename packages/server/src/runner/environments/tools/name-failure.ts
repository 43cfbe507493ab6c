import type { BoundedEnd } from '../bounded-process.ts';
import { EnvironmentError, type EnvironmentErrorCode } from '../environment-error.ts';
import { normalName } from '../environment-lock.ts';
import type { PythonFacts } from '../python-facts.ts';

interface Reason {
  readonly code: EnvironmentErrorCode;
  /** In what uv or pip print; a name in it is the package. */
  readonly sign: RegExp;
  readonly say: (about: About) => string;
  readonly hint: string;
}

interface About {
  /** The package that the tool names. */
  readonly name: string;
  /** What the tool says of it, in one line. */
  readonly words: string;
  readonly python: PythonFacts;
}

const NAME = String.raw`(?<name>[A-Za-z0-9][\w.-]*(?:\[[^\]]*\])?(?:[<>=!~][^\s(]*)?)`;
const WHEELS = 'Packages are installed from wheels only, and nothing is built: choose a version that has one.';
const onPython = ({ python }: About): string => `Python ${python.version} on ${python.platform}`;

/** The first that fits counts. uv writes sentences (PubGrub), pip lines that begin with ERROR, and with -vv which files it left out. */
const REASONS: readonly Reason[] = [
  {
    code: 'package_index_unreachable',
    sign: /Failed to fetch: `?http|error sending request|Request failed after|NewConnectionError|ConnectTimeoutError|ReadTimeoutError|ProxyError|SSLError|HTTP status (?:client|server) error|(?:40[13]|407|5\d\d) (?:Client|Server) Error|dns error|network was disabled|Network connectivity is disabled/,
    say: () => 'the index of packages does not answer',
    hint: 'Try again; the operator sees to the index (DATAMAKER_PYPI_INDEX) and the way to it.',
  },
  {
    code: 'dependency_changed',
    sign: new RegExp(
      `Hash mismatch for \`${NAME}|THESE PACKAGES DO NOT MATCH THE HASHES|Hashes? (?:mismatch|do not match)`,
      'i',
    ),
    say: ({ name }) => `what the index gives for ${name} is not what was locked when the scenario was saved`,
    hint: 'Look why it was changed before you trust it; saving the scenario with another requirement locks anew.',
  },
  {
    code: 'dependency_refused',
    sign: /outside (?:of )?the target directory|path traversal|escap|not enclosed|outside of the (?:target|archive)|packages may not start programs|expressed as direct requirements|cannot depend on|URL dependenc/i,
    say: ({ words }) => `a package asks for what none may: ${words}`,
    hint: 'Use another package, or another version of it.',
  },
  {
    code: 'dependency_python',
    sign: /(?<name>[\w.=-]+) requires Python|Python version \([^)]*\) does not satisfy Python/,
    say: (about) => `it does not fit to ${onPython(about)}: ${about.words}`,
    hint: 'Choose a version that is made for this Python.',
  },
  {
    code: 'dependency_not_found',
    sign: new RegExp(`(?:Because|because) ${NAME} was not found in the package registry`),
    say: ({ name }) => `there is no package ${name}`,
    hint: 'Look at its name: that of the package is not always that of the module.',
  },
  {
    code: 'dependency_without_wheel',
    sign: new RegExp(`${NAME} has no (?:usable )?wheels?`),
    say: (about) => `${about.name} has no wheel for ${onPython(about)}`,
    hint: WHEELS,
  },
  {
    code: 'dependency_version_not_found',
    sign: new RegExp(
      `there (?:is|are) no versions? of ${NAME}|only (?:the following versions of )?${NAME} (?:is|are) available`,
    ),
    say: ({ words }) => `there is no such version: ${words}`,
    hint: 'Choose a version that there is.',
  },
  {
    code: 'dependency_conflict',
    sign: /No solution found|ResolutionImpossible|conflicting dependencies|unsatisfiable/,
    say: ({ words }) => `the requirements do not fit together: ${words}`,
    hint: 'Loosen one of them.',
  },
];

const TIMEOUT_HINT =
  'Try again: what was fetched is kept. Name versions more exactly where there are many to choose from.';
const TOO_LARGE = 'Ask for less, or for smaller packages.';
const MOST_WORDS = 400;

/** What it means that uv or pip ended as they did. @param hide takes credentials out */
export function nameFailure(end: BoundedEnd, python: PythonFacts, hide: (text: string) => string): EnvironmentError {
  if (end.how === 'cancelled') {
    return new EnvironmentError('environment_timeout', 'the server stops', 'Try again.');
  }
  if (end.how === 'timeout') {
    return new EnvironmentError('environment_timeout', 'the packages were not there in time', TIMEOUT_HINT);
  }
  if (end.how === 'too_large') {
    return new EnvironmentError(
      'dependency_too_large',
      'the packages take more room than a scenario may have',
      TOO_LARGE,
    );
  }
  const said = hide(`${end.stdout}\n${end.stderr}`);
  const ofPip = namePipFailure(said, python);
  if (ofPip !== undefined) return ofPip;
  for (const { code, sign, say, hint } of REASONS) {
    const found = sign.exec(said);
    if (found === null) continue;
    const name = found.groups?.['name'] ?? 'a package';
    return new EnvironmentError(code, say({ name, words: wordsOf(said), python }), hint);
  }
  return new EnvironmentError(
    'dependency_failed',
    `the packages cannot be installed: ${wordsOf(said) || 'uv or pip ended without a word'}`,
    'Look whether the requirements are right.',
  );
}

/** pip says of all that is missing that no distribution was found; why, is in what it left out. */
function namePipFailure(said: string, python: PythonFacts): EnvironmentError | undefined {
  const missing = /No matching distribution found for (?<what>\S+(?: [^\n(]*)?)/.exec(said)?.groups?.['what']?.trim();
  if (
    missing === undefined ||
    /NewConnectionError|ConnectTimeoutError|ReadTimeoutError|SSLError|ProxyError|(?:40[13]|407|5\d\d) (?:Client|Server) Error/.test(
      said,
    )
  ) {
    return undefined;
  }
  const name = normalName(/^[A-Za-z0-9][\w.-]*/.exec(missing)?.[0] ?? missing);
  const versions = /\(from versions: ([^)]*)\)/.exec(said)?.[1] ?? 'none';
  // Of this package only: those of others were left out as well.
  const skipped = said
    .split('\n')
    .filter((line) => /(?:Skipping link|Link requires).*\.(?:whl|tar\.\w+|zip)/.test(line))
    .filter((line) => normalName(line).includes(`/${name}-`));
  const wanted = /==\s*([\w.!+-]+)/.exec(missing)?.[1];
  const isOf = (version: string) => (line: string) =>
    new RegExp(`-${version.replace(/[.+]/g, '\\$&')}(?:-|\\.(?:tar|zip))`).test(line);
  const about = wanted === undefined ? (versions === 'none' ? skipped : []) : skipped.filter(isOf(wanted));
  const where = `Python ${python.version} on ${python.platform}`;
  if (about.some((line) => /requires a different Python|Requires-Python/i.test(line))) {
    return new EnvironmentError(
      'dependency_python',
      `${missing} does not fit to ${where}`,
      'Choose a version that is made for this Python.',
    );
  }
  if (about.length > 0) {
    return new EnvironmentError('dependency_without_wheel', `${missing} has no wheel for ${where}`, WHEELS);
  }
  if (versions !== 'none') {
    const newest = versions.split(', ').slice(-5).join(', ');
    return new EnvironmentError(
      'dependency_version_not_found',
      `there is no ${missing}: the newest versions are ${newest}`,
      'Choose a version that there is.',
    );
  }
  return new EnvironmentError(
    'dependency_not_found',
    `there is no package ${missing}`,
    'Look at its name: that of the package is not always that of the module.',
  );
}

/** The sentences of uv, or the lines of pip that say what was wrong, without paths of the server. */
function wordsOf(said: string): string {
  const cause = /cause: ([\s\S]*?)(?:\n\s*\n|\nhint|$)/.exec(said)?.[1];
  const conflict = /The conflict is caused by:\n([\s\S]*?)\n\s*\n/.exec(said)?.[1];
  const errors = said.split('\n').flatMap((line) => /^\s*(?:ERROR|error): (.+)$/.exec(line)?.[1] ?? []);
  const words = cause ?? conflict ?? errors.slice(-3).join('; ');
  return words
    .replace(/(?:file:\/\/)?\/[\w.@%+~-]+(?:\/[\w.@%+~-]+)+/g, '…')
    .replace(/\s+/g, ' ')
    .trim()
    .slice(0, MOST_WORDS);
}
