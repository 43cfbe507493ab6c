const KEY = 'datamaker.project';

/** The project that requests work in, as this browser remembers it; undefined: the first of the workspace. */
export const chosenProject = (): string | undefined => localStorage.getItem(KEY) ?? undefined;

/** @param id undefined: the first of the workspace */
export function chooseProject(id: string | undefined): void {
  if (id === undefined) localStorage.removeItem(KEY);
  else localStorage.setItem(KEY, id);
}
