import { connect } from '../store/open-store.ts';
import { mustBeUpToDate } from '../store/pending-migrations.ts';
import { assertRuns, locateBinaries } from '../store/postgres/locate-binaries.ts';
import { unprivilegedUser } from '../store/postgres/unprivileged-user.ts';
import { postgresVersion } from '../store/postgres-version.ts';
import { StoreError } from '../store/store-error.ts';
import { bad, type Finding, good, notice } from './finding.ts';

const WHAT = 'database';
/** The oldest that PostgreSQL's makers still mend, and that tests have run on. */
const LEAST_VERSION = 140_000;

/** The PostgreSQL of the store: the one that was named, or the bundled one. */
export async function lookAtDatabase(url: string | undefined): Promise<Finding> {
  return url === undefined ? bundled() : external(url);
}

function bundled(): Finding {
  try {
    const { postgres, version } = locateBinaries(unprivilegedUser() !== undefined);
    assertRuns(postgres);
    return good(WHAT, `the bundled PostgreSQL ${version}`);
  } catch (error) {
    return bad(WHAT, (error as Error).message, 'Or set DATABASE_URL to a PostgreSQL of your own.');
  }
}

async function external(url: string): Promise<Finding> {
  const hidden = (message: string): string => withoutPassword(message, url);
  let where = 'that of DATABASE_URL';
  try {
    where = placeOf(url) ?? where;
    const store = connect({ url }, () => undefined);
    try {
      const started = performance.now();
      const { name, number } = await postgresVersion(store);
      const found = `PostgreSQL ${name} at ${where}, ${Math.round(performance.now() - started)} ms away`;
      if (number < LEAST_VERSION) return bad(WHAT, found, 'PostgreSQL 14 or later is needed.');
      await mustBeUpToDate(store);
      return good(WHAT, `${found}, tables of this version`);
    } catch (error) {
      if (!(error instanceof StoreError)) throw error;
      if (error.code === 'no_tables')
        return good(WHAT, `PostgreSQL at ${where}, empty: the first start makes the tables`);
      if (error.code === 'older_schema')
        return notice(
          WHAT,
          `PostgreSQL at ${where}: ${error.message}`,
          'A server brings them up to date when it starts; workers wait for that.',
        );
      return bad(WHAT, `PostgreSQL at ${where}: ${error.message}`, 'Update DataMaker on this host.');
    } finally {
      await store.destroy();
    }
  } catch (error) {
    const remedy =
      'Check the host, the port, the user and the password in DATABASE_URL, and that this host is let in (pg_hba.conf).';
    return bad(
      WHAT,
      `${where} cannot be used: ${hidden((error as Error).message || String((error as { code?: string }).code))}`,
      remedy,
    );
  }
}

/** Host and database; undefined where a part of a password may have been taken for one of them. */
function placeOf(url: string): string | undefined {
  const parsed = URL.parse(url);
  if (parsed === null || !/^\/[^/@]*$/.test(parsed.pathname)) return undefined;
  return `${parsed.host || parsed.searchParams.get('host') || 'a socket'}${parsed.pathname}`;
}

/** No driver is trusted to keep it to itself. What stands before the last @ is told by nobody, however it is to be read. */
function withoutPassword(message: string, url: string): string {
  const userPart = /^[a-z]+:\/\/(.*)@/s.exec(url)?.[1] ?? '';
  const password = userPart.replace(/^[^:]*:/, '');
  const pieces = [url, userPart, password, ...password.split(/[/@?#]/)].filter((text) => text.length > 2);
  const spellings = pieces.flatMap((text) => [text, decoded(text)]).sort((a, b) => b.length - a.length);
  return spellings.reduce((text, secret) => text.replaceAll(secret, '***'), message);
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
