import { ApiError } from '../errors.ts';

/** `tmpl_x` or `tmpl_x@v3`. @throws ApiError not_found for what can be neither */
export function parseTemplateRef(ref: string, what = 'template'): { id: string; version: number | undefined } {
  const [, id, version] = /^([A-Za-z0-9_]{1,80})(?:@v(\d{1,9}))?$/.exec(ref) ?? [];
  if (id === undefined) throw new ApiError('not_found', `there is no such ${what}`);
  return { id, version: version === undefined ? undefined : Number(version) };
}

/** The id of a path that names no version: versions are never changed. @throws ApiError not_found */
export function currentId(ref: string, what = 'template'): string {
  const { id, version } = parseTemplateRef(ref, what);
  if (version !== undefined) throw new ApiError('not_found', 'a version cannot be changed: leave out @v…');
  return id;
}
