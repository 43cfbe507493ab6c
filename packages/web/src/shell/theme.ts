const KEY = 'datamaker.theme';

export const THEMES = ['system', 'light', 'dark'] as const;
export type Theme = (typeof THEMES)[number];

/** The theme that was chosen in this browser; `system` follows the computer. */
export function chosenTheme(): Theme {
  const kept = localStorage.getItem(KEY);
  return THEMES.find((theme) => theme === kept) ?? 'system';
}

/** Shows the page in the chosen theme. */
export function applyTheme(): void {
  const theme = chosenTheme();
  if (theme === 'system') delete document.documentElement.dataset['theme'];
  else document.documentElement.dataset['theme'] = theme;
}

export function chooseTheme(theme: Theme): void {
  localStorage.setItem(KEY, theme);
  applyTheme();
}

/** Whether the page is dark, by choice or as the computer is. */
export const isDark = (): boolean =>
  chosenTheme() === 'dark' || (chosenTheme() === 'system' && matchMedia('(prefers-color-scheme: dark)').matches);

/** Light for dark and dark for light, whatever made it so. */
export const toggleTheme = (): void => chooseTheme(isDark() ? 'light' : 'dark');
