/** By their SPDX names; docs/adr/0005-libraries-over-own-code.md says why these. */
export const ALLOWED = ['MIT', 'Apache-2.0', 'BSD-2-Clause', 'BSD-3-Clause', 'ISC', '0BSD', 'BlueOak-1.0.0', 'CC0-1.0'];

/** Packages under other licences, and why they may be shipped. */
export const EXCEPTIONS = {
  isbot: 'the Unlicense gives it to everybody without terms; it comes with @tanstack/react-router',
  tweetnacl: 'the Unlicense gives it to everybody without terms; it comes with @nats-io/transport-node',
};

/**
 * Packages that may not be shipped. Of a choice of licences (`A OR B`) one is enough, of several that hold together (`A AND B`) all have to be
 * allowed.
 * @param packages as `shippedPackages` gives them
 * @param exceptions names of packages, with the reason for each
 * @returns one line for each
 */
export function checkLicences(packages, exceptions = EXCEPTIONS) {
  const refused = packages.filter(({ name, licence }) => !(name in exceptions) && !isAllowed(licence));
  const shipped = new Set(packages.map(({ name }) => name));
  const idle = Object.keys(exceptions).filter((name) => !shipped.has(name));
  return [
    ...refused.map(
      ({ name, version, licence = 'none that its package.json names' }) =>
        `${name} ${version}: its licence is ${licence}; take another package, or write down why it may be shipped`,
    ),
    ...idle.map((name) => `${name}: there is an exception for it, and it is not shipped`),
  ];
}

/** @param expression of SPDX (annex D of its specification), without exceptions to licences */
export function isAllowed(expression) {
  if (typeof expression !== 'string') return false;
  const words = expression.match(/[()]|[^\s()]+/g) ?? [];
  let at = 0;
  const either = () => {
    let holds = both();
    while (words[at]?.toUpperCase() === 'OR') {
      at += 1;
      holds = both() || holds;
    }
    return holds;
  };
  const both = () => {
    let holds = one();
    while (words[at]?.toUpperCase() === 'AND') {
      at += 1;
      holds = one() && holds;
    }
    return holds;
  };
  const one = () => {
    const word = words[at];
    at += 1;
    if (word !== '(') return ALLOWED.includes(word);
    const holds = either();
    at += 1;
    return holds && words[at - 1] === ')';
  };
  return either() && at === words.length;
}
