/** Code of a page that could not be had: its server is away, or has a newer build with other files. */
export class MissingCode extends Error {
  override readonly name = 'MissingCode';
}

/** Loads code. @throws MissingCode */
export const codeFrom =
  <Module>(load: () => Promise<Module>): (() => Promise<Module>) =>
  () =>
    load().catch((cause: unknown) => {
      throw new MissingCode('The code of this page could not be loaded. Try again in a moment.', { cause });
    });
