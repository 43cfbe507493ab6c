import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { badInput } from '../errors/command-error.ts';
import { isSystemError, translateSystemError } from '../errors/system-error.ts';

/** In the folder of a project: which server it works with. It holds no key, and belongs into the repository. */
export const PROJECT_FILE = 'datamaker.json';

export interface ProjectFile {
  readonly server?: string;
  readonly project?: string;
}

/** What the file of a folder says; nothing where there is none. @throws CommandError when it is none */
export function readProjectFile(folder = '.'): ProjectFile {
  let text: string;
  try {
    text = readFileSync(join(folder, PROJECT_FILE), 'utf8');
  } catch (error) {
    if (!isSystemError(error)) throw error;
    if (error.code === 'ENOENT') return {};
    throw translateSystemError(error, `${PROJECT_FILE} could not be read`);
  }
  try {
    const document: unknown = JSON.parse(text);
    const isObject = typeof document === 'object' && document !== null && !Array.isArray(document);
    const { server, project } = (isObject ? document : { server: null }) as Record<string, unknown>;
    if (isTextOrNone(server) && isTextOrNone(project)) {
      return { ...(server === undefined ? {} : { server }), ...(project === undefined ? {} : { project }) };
    }
  } catch {
    // It is told below.
  }
  throw badInput(PROJECT_FILE, [
    {
      code: 'invalid_project_file',
      message: 'it is no JSON object with "server" and "project", both texts',
      hint: '`datamaker init --force` writes it anew',
    },
  ]);
}

const isTextOrNone = (value: unknown): value is string | undefined => value === undefined || typeof value === 'string';
