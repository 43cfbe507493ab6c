/** What an operator may say of the packages of scenarios. */
export interface EnvironmentSettings {
  /** Address of the index that packages come from (PEP 503); default: what the variables of uv and pip say, then PyPI. */
  readonly index?: string;
  /** Whether scenarios find the packages of the base; without, those that name no package find what the host's Python has. Default true. */
  readonly preinstalled?: boolean;
  /** Most bytes of environments, and of each cache of wheels; default 8 GiB. */
  readonly maxBytes?: number;
  /** `auto`: uv where it is installed, else pip. Default `auto`. */
  readonly tool?: 'auto' | 'uv' | 'pip';
  /** Path of uv; default: where the server finds it. */
  readonly uv?: string;
  /** How long finding versions may take when a scenario is saved; default 20 s. */
  readonly lockMs?: number;
}
