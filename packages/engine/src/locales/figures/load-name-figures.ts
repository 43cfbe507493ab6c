import type { NameFigures } from './name-figures.ts';

/** The locales that have figures; the specifiers are written out so that a bundler makes a chunk of each file. */
const FILES: Readonly<Record<string, (() => Promise<{ readonly default: NameFigures }>) | undefined>> = {
  en_NZ: () => import('./data/en_NZ.json', { with: { type: 'json' } }),
  en_US: () => import('./data/en_US.json', { with: { type: 'json' } }),
  es_AR: () => import('./data/es_AR.json', { with: { type: 'json' } }),
  es_CL: () => import('./data/es_CL.json', { with: { type: 'json' } }),
  es_CO: () => import('./data/es_CO.json', { with: { type: 'json' } }),
  fi_FI: () => import('./data/fi_FI.json', { with: { type: 'json' } }),
  fr_BE: () => import('./data/fr_BE.json', { with: { type: 'json' } }),
  hu_HU: () => import('./data/hu_HU.json', { with: { type: 'json' } }),
  nl_BE: () => import('./data/nl_BE.json', { with: { type: 'json' } }),
  sv_SE: () => import('./data/sv_SE.json', { with: { type: 'json' } }),
};

/** Codes of the locales for which it is published how often people bear a name. */
export const localesWithNameFigures = (): readonly string[] => Object.keys(FILES);

/** How often people bear a name. @param code as the engine writes it; undefined where nothing is published */
export const loadNameFigures = async (code: string): Promise<NameFigures | undefined> =>
  Object.hasOwn(FILES, code) ? (await FILES[code]?.())?.default : undefined;
