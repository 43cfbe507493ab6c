import { IMPORT_KINDS, type ImportKind } from './import-kinds.ts';
import { ImportRefused } from './import-refused.ts';

/** What a source is, by what is in its beginning. @throws ImportRefused kind_not_recognised */
export function detectKind(text: string): ImportKind {
  if (/\bCREATE\s+(?:\w+\s+){0,3}(?:TABLE|TYPE|DOMAIN)\b/i.test(text)) return 'sql-ddl';
  throw notRecognised();
}

const notRecognised = (): ImportRefused =>
  new ImportRefused(
    'kind_not_recognised',
    'the source is none of the kinds that can be recognised',
    `name its kind: ${IMPORT_KINDS.join(', ')}`,
    '/kind',
  );
