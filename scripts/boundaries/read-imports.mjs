import { globSync, readFileSync } from 'node:fs';
import { join, posix } from 'node:path';
import { parseSync } from 'oxc-parser';

const NOT_SHIPPED = /\.test\.tsx?$|\/testing\//;

/** Every import of the packages' sources, tests apart: { from, to, line, types, lazy }. @throws Error for what is not TypeScript */
export function readImports(root) {
  const files = globSync('packages/*/src/**/*.{ts,tsx}', { cwd: root }).map((file) => file.replaceAll('\\', '/'));
  return files
    .filter((file) => !NOT_SHIPPED.test(file))
    .sort()
    .flatMap((file) => importsOf(file, readFileSync(join(root, file), 'utf8')));
}

function importsOf(from, source) {
  const { module, errors } = parseSync(from, source);
  if (errors.length > 0) throw new Error(`${from}: ${errors[0].message}`);
  const found = [];
  const add = (specifier, start, types, lazy) => {
    const to = specifier.startsWith('.') ? posix.join(posix.dirname(from), specifier) : specifier;
    found.push({ from, to, line: source.slice(0, start).split('\n').length, types, lazy });
  };
  const onlyTypes = (entries) => entries.length > 0 && entries.every(({ isType }) => isType);
  for (const { moduleRequest, entries, start } of module.staticImports) {
    add(moduleRequest.value, start, onlyTypes(entries), false);
  }
  for (const { entries } of module.staticExports) {
    const again = entries.filter(({ moduleRequest }) => moduleRequest);
    if (again.length > 0) add(again[0].moduleRequest.value, again[0].start, onlyTypes(again), false);
  }
  for (const { moduleRequest } of module.dynamicImports) {
    const [, specifier] = /^['"`]([^'"`$]+)['"`]$/.exec(source.slice(moduleRequest.start, moduleRequest.end)) ?? [];
    if (specifier !== undefined) add(specifier, moduleRequest.start, false, true);
  }
  return found;
}
