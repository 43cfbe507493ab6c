/** Folder of a file as the rules see it: packages/engine/src/plan. */
const folderOf = (path) => path.split('/').slice(0, 4).join('/');

/** One line for each import that breaks a rule. */
export function findViolations(imports, rules) {
  return imports.flatMap((one) =>
    rules
      .filter((rule) => breaks(one, rule))
      .map((rule) => `${one.from}:${one.line} imports ${one.to}: ${rule.sentence} [${rule.name}]`),
  );
}

function breaks({ from, to, types }, rule) {
  if (!rule.from.test(from) || !rule.to.test(to) || rule.except?.test(from)) return false;
  if (rule.allow?.test(to) || (types && rule.allowTypes?.test(to))) return false;
  return folderOf(from) !== folderOf(to) || /\.test\.ts$|\/testing\//.test(to);
}

/** One line for each circle of files that import each other; types and lazy imports do not count, they run nothing. */
export function findCycles(imports) {
  const next = new Map();
  for (const { from, to, types, lazy } of imports) {
    if (!types && !lazy) next.set(from, [...(next.get(from) ?? []), to]);
  }
  const done = new Set();
  const cycles = [];
  const visit = (file, path) => {
    const at = path.indexOf(file);
    if (at >= 0) {
      cycles.push(
        `${[...path.slice(at), file].join(' → ')}: files must not import each other in a circle. [no-cycles]`,
      );
      return;
    }
    if (done.has(file)) return;
    for (const to of next.get(file) ?? []) visit(to, [...path, file]);
    done.add(file);
  };
  for (const file of next.keys()) visit(file, []);
  return cycles;
}

/** One line for each address of a host in a lockfile: it would be asked wherever the project is installed. */
export function findHosts(lockfile) {
  return Object.entries(JSON.parse(lockfile).packages).flatMap(([name, { resolved }]) =>
    /^[a-z+]+:\/\//i.test(resolved ?? '')
      ? [`package-lock.json: ${name} is bound to ${new URL(resolved).origin}: leave out "resolved". [no-hosts]`]
      : [],
  );
}
