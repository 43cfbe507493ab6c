const KEY = 'datamaker.project';

let held: string | undefined;

/**
 * The project that requests of this tab work in; undefined: the first of the workspace. A tab keeps its own, also over a reload; one that
 * is opened anew begins with what was chosen last.
 */
export function chosenProject(): string | undefined {
  held ??= hold(sessionStorage.getItem(KEY) ?? localStorage.getItem(KEY) ?? '');
  return held === '' ? undefined : held;
}

/** Works in another project from now on, in this tab. */
export function chooseProject(id: string): void {
  held = hold(id);
  localStorage.setItem(KEY, id);
}

/** Works in the first project of the workspace again, in this tab and those that are opened after it. */
export function forgetProject(): void {
  held = '';
  for (const storage of [sessionStorage, localStorage]) storage.removeItem(KEY);
}

function hold(id: string): string {
  sessionStorage.setItem(KEY, id);
  return id;
}
