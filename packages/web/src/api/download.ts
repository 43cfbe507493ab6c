import { ask } from './client.ts';

/** Has the browser save what a path answers. Through a request of the page, since a link could not name the project. */
export async function download(path: string, name: string): Promise<void> {
  const response = await ask('GET', path, { headers: { Accept: '*/*' } });
  saveAs(await response.blob(), name);
}

/** Has the browser save some bytes as a file. */
export function saveAs(blob: Blob, name: string): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  // The browser has taken hold of the bytes once the click was handled.
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}
