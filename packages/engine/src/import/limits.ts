/** Bounds of what an import takes; each has a diagnostic or a notice that names it. */
export const MAX_IMPORT_BYTES = 10 * 1024 * 1024;
/** A YAML text is turned into a tree of some hundred bytes for each of its own. */
export const MAX_YAML_BYTES = 1024 * 1024;
/** Levels of objects and lists, of elements, of brackets. */
export const MAX_IMPORT_DEPTH = 100;
/** Tables, models, entity types, schemas. */
export const MAX_ENTITIES = 1000;
/** Columns of all entities, every level of nesting counted. */
export const MAX_COLUMNS = 20_000;
/** Schemas looked at: `$ref`s that fan out again and again end here. */
export const MAX_STEPS = 100_000;
/** References that lead from one to the next. */
export const MAX_REFERENCES = 500;
/** Characters of a CSV sample that are looked at: the library takes time by the square of them where quotes are wrong. */
export const MAX_CSV_SAMPLE = 512 * 1024;
/** Rows of a sample that are looked at. */
export const MAX_SAMPLE_ROWS = 10_000;
/** Notices of one import; how many more there are is told. */
export const MAX_NOTICES = 1000;
/** An alias of a YAML document may be used this often, counted as the library does: by the nodes it stands for. */
export const MAX_YAML_ALIASES = 100;
/** Values of a column that are kept as an `enum`. */
export const MAX_ENUM_VALUES = 1000;
/** Entries of the archive that a workbook is. */
export const MAX_XLSX_ENTRIES = 10_000;
/** Unpacked bytes that are read of a part of a workbook, and of all of them: an archive of 10 MiB can unpack to 10 GiB. */
export const MAX_XLSX_PART_BYTES = 64 * 1024 * 1024;
export const MAX_XLSX_BYTES = 128 * 1024 * 1024;
/** Columns of a sheet, as Excel has them: A to XFD. */
export const MAX_XLSX_COLUMNS = 16_384;
/** Cells with a value that are kept of all sheets. */
export const MAX_XLSX_CELLS = 500_000;
/** Characters of a cell, as Excel has them. */
export const MAX_XLSX_TEXT = 32_767;
