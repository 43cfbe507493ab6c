import { readdirSync, readFileSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import { badArgument } from '../errors/command-error.ts';
import { isSystemError, translateSystemError } from '../errors/system-error.ts';

/**
 * The templates that others may nest by `template_id`: each is found by its `id`, and by the name of its file without
 * `.json`. Of a folder the *.json files count, and those that hold no JSON object are left out: it may be a project's
 * folder with other files in it. A file named by itself must be one.
 * @throws CommandError (exit code 2) when a path is missing, a named file is no JSON object, or two have the same id.
 */
export function loadOtherTemplates(paths: readonly string[]): ReadonlyMap<string, unknown> {
  const byName = new Map<string, unknown>();
  const byId = new Map<string, { file: string; template: unknown }>();
  for (const { file, named } of paths.flatMap(jsonFiles)) {
    const template = readObject(file);
    if (template === undefined) {
      if (named) throw badArgument('--templates', 'invalid_json', `${file} is not a template: no JSON object`);
      continue;
    }
    byName.set(basename(file, '.json'), template);
    const id = template.id;
    if (typeof id !== 'string') continue;
    const other = byId.get(id);
    if (other !== undefined) {
      const message = `${other.file} and ${file} both have the id "${id}"`;
      throw badArgument('--templates', 'duplicate_template_id', message, 'give each template its own id');
    }
    byId.set(id, { file, template });
  }
  for (const [id, { template }] of byId) byName.set(id, template);
  return byName;
}

function jsonFiles(path: string): { file: string; named: boolean }[] {
  try {
    if (!statSync(path).isDirectory()) return [{ file: path, named: true }];
    const names = readdirSync(path).filter((name) => name.endsWith('.json'));
    return names.sort().map((name) => ({ file: join(path, name), named: false }));
  } catch (error) {
    throw isSystemError(error) ? translateSystemError(error, `${path} could not be read`) : error;
  }
}

function readObject(file: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(readFileSync(file, 'utf8').replace(/^\uFEFF/, ''));
    const isObject = typeof value === 'object' && value !== null && !Array.isArray(value);
    return isObject ? (value as Record<string, unknown>) : undefined;
  } catch {
    return undefined;
  }
}
