import { slug } from '../../packages/engine/src/locales/slug.ts';

// The kernel lays a list's texts out at a stride of 16 or 32 bytes with the length in the last one
// (packages/engine/src/kernel/data-segment.ts); longer ones take an index and more time. Names are picked most and stay in
// the small stride, but for scripts whose letters take three bytes, or two with long names.
export const MAX_BYTES = 31;
export const MAX_NAME_BYTES = 15;
const OTHER_SCRIPT_FACTOR = 2;

const isLatin = (text) => /\p{Script=Latin}/u.test(text);

/** How long an entry may be in UTF-8. */
export const limitFor = (text, maxBytes) => (isLatin(text) ? maxBytes : maxBytes * OTHER_SCRIPT_FACTOR + 1);

/** NFC, trimmed, sorted by code unit, each once; entries of more than `maxBytes` in UTF-8 are left out. */
export function cleanTexts(texts, maxBytes = MAX_BYTES) {
  const clean = texts.map((text) => text.normalize('NFC').trim().replace(/\s+/g, ' '));
  return [...new Set(clean)]
    .filter((text) => text !== '' && Buffer.byteLength(text) <= limitFor(text, maxBytes))
    .sort();
}

/** Given or family names: letters with marks, apostrophes, hyphens, full stops and blanks. */
export function cleanNames(names) {
  return cleanTexts(names, MAX_NAME_BYTES).filter((name) => /^\p{L}[\p{L}\p{M}'’ .-]*$/u.test(name));
}

/** Family names: of those that look the same in an e-mail address only the first. */
export function cleanLastNames(names, language, romanised = undefined) {
  const seen = new Set();
  return cleanNames(names).filter((name) => {
    const key = slug(name, language, romanised);
    if (key === '' || seen.has(key)) return false;
    seen.add(key);
    return true;
  });
}
