type Options = Readonly<Record<string, unknown>>;

const inside = (value: unknown): Options =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Options) : {};

/** The value at a path such as `tls.mode`. */
export const optionAt = (options: Options, path: string): unknown =>
  path.split('.').reduce<unknown>((at, name) => inside(at)[name], options);

/** The same options with another value at a path; undefined takes it out, and what is empty without it. */
export function withOption(options: Options, path: string, value: unknown): Options {
  const [name = '', ...rest] = path.split('.');
  const next = rest.length === 0 ? value : withOption(inside(options[name]), rest.join('.'), value);
  const { [name]: _, ...others } = options;
  const isEmpty = next === undefined || (rest.length > 0 && Object.keys(inside(next)).length === 0);
  return isEmpty ? others : { ...options, [name]: next };
}
