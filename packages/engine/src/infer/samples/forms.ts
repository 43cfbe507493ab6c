import { luhnHolds, mod97Holds, weightedHolds } from './check-digits.ts';

/** A way values look that leaves little doubt of their type. */
export interface Form {
  readonly type: string;
  readonly options?: Readonly<Record<string, unknown>>;
  readonly description: string;
  /** Other types whose values may look so: they are not vetoed. */
  readonly alike?: readonly string[];
  holds(text: string): boolean;
}

// Every pattern is anchored and walks a text once: no two parts of it can match the same characters.
const matches = (pattern: RegExp) => (text: string) => pattern.test(text);

/** The forms, the most telling first. */
export const FORMS: readonly Form[] = [
  {
    type: 'uuid',
    description: 'UUID',
    holds: matches(/^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i),
  },
  { type: 'email', description: 'e-mail address', holds: matches(/^[^\s@]{1,64}@[^\s@]{1,255}$/) },
  {
    type: 'image_url',
    description: 'address of an image',
    alike: ['url', 'avatar'],
    holds: (text) => /^https?:\/\/\S+$/.test(text) && /\.(?:png|jpe?g|gif|svg|webp)$/i.test(text),
  },
  { type: 'url', description: 'web address', alike: ['image_url', 'avatar'], holds: matches(/^https?:\/\/\S+$/) },
  {
    type: 'datetime',
    options: { precision: 'seconds' },
    description: 'moment',
    alike: ['date'],
    holds: matches(/^\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}/),
  },
  {
    type: 'date',
    description: 'day',
    alike: ['birthdate', 'business_day', 'employment_start', 'employment_end'],
    holds: matches(/^\d{4}-\d{2}-\d{2}$/),
  },
  { type: 'time', description: 'time of day', holds: matches(/^\d{2}:\d{2}:\d{2}$/) },
  { type: 'ipv4', description: 'IP address', holds: matches(/^\d{1,3}\.\d{1,3}\.\d{1,3}\.\d{1,3}$/) },
  { type: 'mac_address', description: 'MAC address', holds: matches(/^[0-9a-f]{2}(?:[:-][0-9a-f]{2}){5}$/i) },
  {
    type: 'iban',
    description: 'IBAN',
    holds: (text) => /^[A-Z]{2}\d{2}[A-Z0-9 ]{10,36}$/.test(text) && mod97Holds(text.replaceAll(' ', '')),
  },
  {
    type: 'credit_card_number',
    description: 'card number',
    holds: (text) => /^(?:3[47]|[2-6])\d{12,17}$/.test(text) && luhnHolds(text),
  },
  {
    type: 'ean13',
    description: 'article number with a check digit',
    alike: ['isbn', 'gtin'],
    holds: (text) => /^\d{13}$/.test(text) && weightedHolds(text),
  },
  { type: 'semver', description: 'version', holds: matches(/^v?\d+\.\d+\.\d+$/) },
  { type: 'hash', options: { algorithm: 'sha256' }, description: 'SHA-256', holds: matches(/^[0-9a-f]{64}$/i) },
  {
    type: 'hash',
    options: { algorithm: 'sha1' },
    description: 'SHA-1',
    alike: ['git_commit'],
    holds: matches(/^[0-9a-f]{40}$/i),
  },
  { type: 'hash', options: { algorithm: 'md5' }, description: 'MD5', holds: matches(/^[0-9a-f]{32}$/i) },
  { type: 'object_id', description: 'object id', holds: matches(/^[0-9a-f]{24}$/i) },
  { type: 'phone', description: 'phone number', holds: matches(/^\+\d[\d ()-]{6,20}$/) },
  { type: 'hex_color', description: 'colour', holds: matches(/^#[0-9a-f]{6}$/i) },
  { type: 'coordinates', description: 'coordinates', holds: matches(/^-?\d{1,2}\.\d+, ?-?\d{1,3}\.\d+$/) },
];
