/** Characters that are not seen, or that turn the order of those around them: a card would look like another one. */
const UNSEEN = /[\u007f-\u009f\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]/g;

/** A value as JSON of which every character can be seen. */
export const showJson = (value: unknown): string =>
  (JSON.stringify(value, null, 2) ?? '').replace(
    UNSEEN,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
