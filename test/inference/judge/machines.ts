import { isLike, textOf, wordsOf } from './reading.ts';
import type { Rules } from './rule.ts';
import { isEmail, isUrl } from './shapes.ts';

const OCTET = '(25[0-5]|2[0-4]\\d|1?\\d?\\d)';
const isDottedQuad = isLike(new RegExp(`^(${OCTET}\\.){3}${OCTET}$`));
const isColonHex = isLike(/^(?=.*:)[\da-f:]{3,39}$/i);
const isPicture = isLike(/\.(png|jpe?g|gif|svg|webp)$/i);

export const machines = {
  url: { one: isUrl },
  image_url: { one: (value) => isUrl(value) || isPicture(value) },
  domain: { one: isLike(/^([a-z\d-]+\.)+[a-z]{2,}$/i) },
  ip_address: { one: (value) => isDottedQuad(value) || isColonHex(value) },
  mac_address: { one: isLike(/^([\da-f]{2}[:-]){5}[\da-f]{2}$/i) },
  user_agent: { one: isLike(/(Mozilla|Opera|AppleWebKit|curl|bot)\b/i) },
  file_name_or_path: { one: (value) => isLike(/[\\/]|\.\w{1,5}$/)(value) && !isEmail(value) },
  mime_type: { one: isLike(/^[a-z]+\/[\w.+-]+$/i) },
  hash_or_token: { one: isLike(/^[\w+/=.$-]{8,}$/) },
  password: { one: (value) => textOf(value).length >= 6 && wordsOf(value).length === 1 },
  json: { one: (value) => (typeof value === 'object' && value !== null) || /^[[{]/.test(textOf(value)) },
} satisfies Rules;
