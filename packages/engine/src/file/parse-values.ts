const DAY = 86_400_000;

/** Days since 1970-01-01 of YYYY-MM-DD. */
export const toDays = (date: string): number => Date.parse(date) / DAY;

/** Milliseconds since 1970 of a moment in ISO 8601. */
export const toMillis = (moment: string): number => Date.parse(moment);

/** Milliseconds since midnight of hh:mm:ss, with a fraction or without. */
export function toMillisOfDay(time: string): number {
  const [hours = 0, minutes = 0, seconds = 0] = time.split(':').map(Number);
  return Math.round(((hours * 60 + minutes) * 60 + seconds) * 1000);
}

/** The 16 bytes of a UUID. */
export function toUuidBytes(uuid: string): Uint8Array {
  const bytes = new Uint8Array(16);
  let at = 0;
  for (let i = 0; at < 16; i += 2) {
    if (uuid.charCodeAt(i) === 45) i++;
    bytes[at++] = (nibble(uuid.charCodeAt(i)) << 4) | nibble(uuid.charCodeAt(i + 1));
  }
  return bytes;
}

const nibble = (code: number): number => (code & 15) + (code > 57 ? 9 : 0);
