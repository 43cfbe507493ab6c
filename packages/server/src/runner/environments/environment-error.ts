/** Why there is no environment; `hint` says what to do. Codes are stable. */
export class EnvironmentError extends Error {
  readonly code: EnvironmentErrorCode;
  readonly hint: string;

  constructor(code: EnvironmentErrorCode, message: string, hint: string) {
    super(message);
    this.name = 'EnvironmentError';
    this.code = code;
    this.hint = hint;
  }

  /** Whether the same may do later, with nothing changed in the scenario. */
  get isPassing(): boolean {
    return PASSING.has(this.code);
  }
}

export type EnvironmentErrorCode =
  | 'dependency_not_found'
  | 'dependency_version_not_found'
  | 'dependency_without_wheel'
  | 'dependency_conflict'
  | 'dependency_python'
  | 'dependency_refused'
  | 'dependency_changed'
  | 'dependency_too_large'
  | 'dependency_failed'
  | 'package_index_unreachable'
  | 'environment_timeout'
  | 'environment_tools_missing';

const PASSING: ReadonlySet<EnvironmentErrorCode> = new Set<EnvironmentErrorCode>([
  'package_index_unreachable',
  'environment_timeout',
  'environment_tools_missing',
]);
