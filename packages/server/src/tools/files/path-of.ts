import { escaped } from '../api/escaped.ts';

/** The path of a file at the API: its name may have slashes in it, which stay. @throws ToolError validation_error */
export const pathOf = (name: string): string => `/workspace/files/${name.split('/').map(escaped).join('/')}`;
