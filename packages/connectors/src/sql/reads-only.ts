/** How a system writes what a reader of its statements passes over. */
export interface LexicalRules {
  /** Whether comments between slash and star stand in one another. */
  readonly nestedComments?: boolean;
  /** Whether names may stand in square brackets. */
  readonly brackets?: boolean;
  /** Whether texts may be written `q'[…]'`. */
  readonly quotes?: 'oracle';
}

const CLOSING: Readonly<Record<string, string>> = { '[': ']', '{': '}', '(': ')', '<': '>' };

/** Words that change something or let others do so. A name that is one of them is taken for it unless it is in quotes. */
const WRITING = new Set(
  `INSERT UPDATE DELETE MERGE INTO EXEC EXECUTE CALL DROP ALTER CREATE TRUNCATE GRANT REVOKE DENY BACKUP RESTORE DBCC BULK
   OPENROWSET OPENQUERY OPENDATASOURCE COMMIT ROLLBACK SAVE SAVEPOINT SET USE SHUTDOWN KILL WRITETEXT UPDATETEXT RECONFIGURE
   DECLARE BEGIN WAITFOR LOCK RENAME COMMENT NEXTVAL`.split(/\s+/),
);

/**
 * Whether a statement does nothing but read: it begins with SELECT, WITH or VALUES, is the only one, and has no word that writes outside of texts,
 * names in quotes and comments. It is careful: where it is in doubt, it says no.
 */
export function readsOnly(statement: string, rules: LexicalRules = {}): boolean {
  const bare = withoutQuoted(statement, rules);
  if (bare === undefined) return false;
  const text = bare.trim().replace(/;$/, '');
  if (text.includes(';') || !/^[\s(]*(?:SELECT|WITH|VALUES)\b/i.test(text)) return false;
  const words = text.toUpperCase().match(/[\p{L}_@#$][\p{L}\p{N}_@#$]*/gu) ?? [];
  if (words.some((word, i) => word === 'NEXT' && words[i + 1] === 'VALUE')) return false;
  // WITH FUNCTION of Oracle declares code.
  if (words[0] === 'WITH' && ['FUNCTION', 'PROCEDURE'].includes(words[1] ?? '')) return false;
  return !words.some((word) => WRITING.has(word));
}

/** The statement with `x` for each text and name in quotes, and a blank for each comment. @returns undefined: one of them does not end */
function withoutQuoted(text: string, { nestedComments, brackets, quotes }: LexicalRules): string | undefined {
  let bare = '';
  for (let i = 0; i < text.length; ) {
    const char = text[i] as string;
    const two = text.slice(i, i + 2);
    if (two === '--') {
      const end = text.slice(i).search(/[\r\n]/);
      bare += ' ';
      i = end < 0 ? text.length : i + end;
    } else if (two === '/*') {
      const end = endOfComment(text, i, nestedComments === true);
      if (end < 0) return undefined;
      bare += ' ';
      i = end;
    } else if (quotes === 'oracle' && /^n?q'/i.test(text.slice(i, i + 3)) && !/[\w$#]/.test(text[i - 1] ?? '')) {
      const open = text.indexOf("'", i) + 1;
      const close = `${CLOSING[text[open] ?? ''] ?? text[open]}'`;
      const end = text.indexOf(close, open + 1);
      if (end < 0) return undefined;
      bare += ' x ';
      i = end + 2;
    } else if (char === "'" || char === '"' || (brackets === true && char === '[')) {
      const end = endOfQuoted(text, i, char === '[' ? ']' : char);
      if (end < 0) return undefined;
      bare += ' x ';
      i = end;
    } else {
      bare += char;
      i++;
    }
  }
  return bare;
}

/** One behind the end; the quote itself is written twice within. */
function endOfQuoted(text: string, start: number, quote: string): number {
  for (let i = start + 1; i < text.length; i++) {
    if (text[i] !== quote) continue;
    if (text[i + 1] !== quote) return i + 1;
    i++;
  }
  return -1;
}

function endOfComment(text: string, start: number, isNested: boolean): number {
  let depth = 0;
  for (let i = start; i < text.length; i++) {
    const two = text.slice(i, i + 2);
    if (two === '/*' && (isNested || depth === 0)) {
      depth++;
      i++;
    } else if (two === '*/') {
      i++;
      if (--depth === 0) return i + 1;
    }
  }
  return -1;
}
