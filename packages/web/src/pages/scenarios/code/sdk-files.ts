const SOURCES = import.meta.glob<string>('../../../../../../python/sdk/src/datamaker/**/*.py', {
  query: '?raw',
  import: 'default',
  eager: true,
});

/** The folder that the Python package lies in, for the language server. */
export const SDK_FOLDER = '/sdk';

/** The sources of the Python package `datamaker` by their paths, as this build of the server has them. */
export const sdkFiles: Readonly<Record<string, string>> = Object.fromEntries(
  Object.entries(SOURCES).map(([path, text]) => [`${SDK_FOLDER}${path.slice(path.lastIndexOf('/src/') + 4)}`, text]),
);
