/** Words that begin statements which read. What they do below is for the database to judge, which is asked for reading only. */
const READING = /^(select|with|values|table|show|explain|describe|desc)\b/i;

/** Whether a statement reads, as far as its first word says. */
export function isReading(sql: string): boolean {
  const plain = sql.replace(/^(?:\s+|--[^\n]*(?:\n|$)|\/\*[\s\S]*?\*\/|\()*/, '');
  return READING.test(plain);
}
