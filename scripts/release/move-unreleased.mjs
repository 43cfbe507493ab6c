const HEAD = '## [Unreleased]\n';

/**
 * Puts what stands under "Unreleased" of a changelog under a version (Keep a Changelog 1.1.0).
 * @param date as 2026-11-22
 * @throws Error when nothing stands there, or the version is there already
 */
export function moveUnreleased(text, version, date) {
  const [before, after] = text.split(HEAD);
  if (after === undefined) throw new Error('CHANGELOG.md has no section "Unreleased"');
  if (text.includes(`## [${version}]`)) throw new Error(`CHANGELOG.md has a section for ${version} already`);
  const [notes = ''] = after.split(/^## \[/m);
  if (!/^- /m.test(notes)) throw new Error('CHANGELOG.md has nothing under "Unreleased": there is nothing to release');
  return `${before}${HEAD}\n## [${version}] - ${date}\n${after}`;
}
