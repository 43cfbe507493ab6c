import { bad, type Finding, good } from './finding.ts';

/** As package.json of the server says. */
const LEAST = [22, 18] as const;

/** The runtime that asks. */
export function lookAtNode(version: string = process.versions.node): Finding {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  const isEnough = major > LEAST[0] || (major === LEAST[0] && minor >= LEAST[1]);
  const found = `Node ${version} on ${process.platform}-${process.arch}`;
  return isEnough
    ? good('node', found)
    : bad('node', found, `Node ${LEAST.join('.')} or later is needed; 24 is what is tried.`);
}
