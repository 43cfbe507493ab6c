/** Bounds of what a template may ask for; each has a diagnostic that names it. */
export const MAX_FIELDS = 1000;
/** Fields of a template with all nested ones, every level of a recursion counted. */
export const MAX_FIELDS_IN_ALL = 4000;
export const MAX_NESTING = 16;
export const MAX_NAME_LENGTH = 200;
export const MAX_SEED_LENGTH = 1024;
/** Rows of one run. */
export const MAX_ROWS = 1e12;
/** A row that can grow beyond this is refused: memory stays bounded whatever the template. */
export const MAX_ROW_BYTES = 16 * 1024 * 1024;
/** Bytes of all that the `sample` fields of a template pick from. */
export const MAX_RESOURCE_BYTES = 32 * 1024 * 1024;
/** Rows of one of them: each takes memory, however short it is. */
export const MAX_RESOURCE_ROWS = 500_000;
/** Characters, levels, and members and elements of one of their values. */
export const MAX_SAMPLED_CHARACTERS = 1024 * 1024;
export const MAX_SAMPLED_DEPTH = 100;
export const MAX_SAMPLED_MEMBERS = 20_000;
/** Bytes of a template document. */
export const MAX_TEMPLATE_BYTES = 5 * 1024 * 1024;
