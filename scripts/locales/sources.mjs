// Reads the tables in sources/.
import { existsSync, readFileSync } from 'node:fs';

const SOURCES = new URL('./sources/', import.meta.url);

function linesOf(path) {
  const text = readFileSync(new URL(path, SOURCES), 'utf8').normalize('NFC');
  return text.split('\n').filter((line) => line.trim() !== '' && !line.startsWith('//'));
}

/**
 * A list of texts: entries are separated by commas and line ends, `//` starts a comment line.
 * @param {string} name such as `sv_SE.last`
 * @returns {string[]} empty when there is no such list
 */
export function readList(name) {
  const path = `lists/${name}.txt`;
  if (!existsSync(new URL(path, SOURCES))) return [];
  return linesOf(path).flatMap((line) =>
    line
      .split(',')
      .map((entry) => entry.trim())
      .filter((entry) => entry !== ''),
  );
}

/**
 * A table with a header line, columns separated by tabs; columns missing at the end of a line are empty.
 * @param {string} path below sources/
 * @returns {Record<string, string>[]}
 */
export function readTable(path) {
  const [header = '', ...lines] = linesOf(path);
  const columns = header.split('\t');
  return lines.map((line) => {
    const cells = line.split('\t');
    if (cells.length > columns.length) throw new Error(`${path}: more cells than columns: ${line}`);
    return Object.fromEntries(columns.map((column, i) => [column, (cells[i] ?? '').trim()]));
  });
}

/** @param {string} path of a JSON file below sources/ */
export const readJson = (path) => JSON.parse(readFileSync(new URL(path, SOURCES), 'utf8'));
