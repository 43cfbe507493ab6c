/** Languages whose words are known besides English, in the order in which they are asked. `da` is Norwegian too. */
export const LANGUAGES = ['de', 'fr', 'es', 'pt', 'it', 'nl', 'ar', 'pl', 'sv', 'tr', 'da', 'hi', 'id'] as const;
export type Language = (typeof LANGUAGES)[number];
