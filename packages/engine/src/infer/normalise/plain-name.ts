import unitData from '../data/units.json' with { type: 'json' };
import { fold } from './fold.ts';

/** What customers of SAP put in front of their own fields; no word begins so. */
const OF_CUSTOMERS = /^zz_?(?=[a-z]{3})/i;
/** What Salesforce puts behind the fields and relations of its customers. */
const OF_SALESFORCE = /(?<=[a-z0-9])__[crx]$/i;
/** Both genders of a noun, the way German writes them now: `Empfänger*in`, `Kund:innen`. */
const GENDERS = /(?<=\p{L}{3})[*:](in|innen|r|n|e|er)(?!\p{L})/gu;
/** A plural that is left open: `Component/s`, `Kind(er)`. */
const MAYBE_MANY = /(?<=\p{L}{3})(\/(s|es|n|en|r|in)\b|\((s|es|n|en|er|e|in|innen)\))/gu;
/** Something in brackets at the end, behind something else. */
const IN_BRACKETS = /^(.*[\p{L}\d].*?)\s*[([]\s*([^()[\]]+?)\s*[)\]]\s*$/su;
/** Most names have nothing around them. */
const PLAIN = /^(?!zz)[a-z\d]+(?:_[a-z\d]+)*$/i;
/** Longer names are not looked at: patterns stay fast. */
const LONGEST = 200;
/** Signs of units that are no words. */
const SIGN = /[%€$£°#²³/µ]/u;

let units: ReadonlySet<string> | undefined;

/**
 * A name without what a system puts around it, and with what stands in brackets in front, where it says more of the head:
 * `Credit limit (customer)` is a customer credit limit. Units stay behind what they measure.
 */
export function plainName(name: string): string {
  if (name.length > LONGEST || PLAIN.test(name)) return name;
  const bare = name.replace(OF_CUSTOMERS, '').replace(OF_SALESFORCE, '').replace(MAYBE_MANY, '').replace(GENDERS, '');
  const bracketed = bare.endsWith(')') || bare.endsWith(']') ? IN_BRACKETS.exec(bare) : null;
  if (bracketed === null) return bare;
  const [, head, inside] = bracketed as unknown as readonly [string, string, string];
  if (ASIDE.test(inside)) return head;
  return isUnit(inside) ? bare : OF_ANYTHING.test(head) ? inside : `${inside} ${head}`;
}

/** What is said aside of a column, which does not change what it holds: `Umsatz (ohne Soll/Haben-Kz)`. */
const ASIDE =
  /^(ohne|mit|inkl|exkl|incl|excl|including|excluding|without|with|if|falls|wenn|optional|only|nur|see|siehe|sans|avec|hors|sin|con|sem|com|senza|zonder|bij|bei|e\.g|z\.\s?b|ex\b)|^\S+(\s+\S+){3,}$/i;

/** Names that say nothing but that a field was added. */
const OF_ANYTHING = /^(custom|additional|user|udf)[ _-]?(field|attribute|property)?$/i;

function isUnit(text: string): boolean {
  units ??= new Set(unitData.flatMap(({ names }) => names));
  return SIGN.test(text) || units.has(fold(text)) || /^[\d.,\s-]+$/.test(text);
}
