import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { isIP } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A certificate that is its own authority, with its key. */
export interface SelfSigned {
  /** As PEM. */
  readonly key: string;
  readonly cert: string;
  /** Files of both, for servers that read them: theirs, where the tests are root. */
  readonly keyFile: string;
  readonly certFile: string;
  /** Removes the files. */
  remove(): void;
}

/** Makes a certificate for two days. @param names hosts and addresses that it is for */
export function selfSigned(...names: readonly [string, ...string[]]): SelfSigned {
  const folder = mkdtempSync(join(tmpdir(), 'dm-test-'));
  const [keyFile, certFile] = [join(folder, 'key.pem'), join(folder, 'cert.pem')];
  const alternatives = names.map((name) => `${isIP(name) === 0 ? 'DNS' : 'IP'}:${name}`).join();
  const subject = ['-subj', `/CN=${names[0]}`, '-addext', `subjectAltName=${alternatives}`];
  const made = ['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-days', '2'];
  execFileSync('openssl', [...made, ...subject, '-keyout', keyFile, '-out', certFile], { stdio: 'ignore' });
  if (process.getuid?.() === 0) execFileSync('chown', ['-R', 'nobody', folder]);
  return {
    key: readFileSync(keyFile, 'utf8'),
    cert: readFileSync(certFile, 'utf8'),
    keyFile,
    certFile,
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}
