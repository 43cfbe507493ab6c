import { ApiError } from '../errors.ts';

/** `tmpl_x` or `tmpl_x@v3`. @throws ApiError not_found for what can be neither */
export function parseTemplateRef(ref: string): { id: string; version: number | undefined } {
  const [, id, version] = /^([A-Za-z0-9_]{1,80})(?:@v(\d{1,9}))?$/.exec(ref) ?? [];
  if (id === undefined) throw new ApiError('not_found', 'there is no such template');
  return { id, version: version === undefined ? undefined : Number(version) };
}

/** The id of a path that names no version: versions are never changed. @throws ApiError not_found */
export function currentId(ref: string): string {
  const { id, version } = parseTemplateRef(ref);
  if (version !== undefined) throw new ApiError('not_found', 'a version cannot be changed: leave out @v…');
  return id;
}
