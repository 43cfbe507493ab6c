/** The table of error codes between the markers of docs/reference/errors.md. @param errors ERRORS of the server */
export function renderErrors(errors) {
  const rows = Object.entries(errors).map(
    ([code, { status, summary }]) => `| \`${code}\` | ${status} | ${summary.replaceAll('|', '\\|')} |`,
  );
  return ['| code | status | meaning |', '| --- | --- | --- |', ...rows].join('\n');
}

const MARKERS = /(<!-- errors: [^\n]*-->\n)([\s\S]*?)(<!-- \/errors -->)/;

/** What stands between the markers of a page, or undefined when it has none. */
export const betweenMarkers = (page) => MARKERS.exec(page)?.[2]?.trim();

/** The page with another table between its markers. */
export const replaceTable = (page, table) =>
  page.replace(MARKERS, (_, start, _old, end) => `${start}\n${table}\n\n${end}`);
