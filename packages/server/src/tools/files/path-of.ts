/** The path of a file at the API: its name may have slashes in it, which stay. */
export const pathOf = (name: string): string => `/workspace/files/${name.split('/').map(encodeURIComponent).join('/')}`;
