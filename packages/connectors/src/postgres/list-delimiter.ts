/** What stands between the elements of a list (`typdelim` of pg_type): a comma, but in lists of boxes, which have commas inside. */
export const listDelimiter = (type: string): string => (/^box\b/.test(type) ? ';' : ',');
