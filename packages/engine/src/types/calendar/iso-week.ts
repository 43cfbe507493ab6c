const DAY = 86_400_000;

/** The week of ISO 8601 that a moment lies in (UTC): a week belongs to the year of its Thursday. */
export function isoWeek(millis: number): string {
  const day = Math.floor(millis / DAY);
  const thursday = new Date((day - ((((day + 3) % 7) + 7) % 7) + 3) * DAY);
  const year = thursday.getUTCFullYear();
  const week = Math.floor((thursday.getTime() - Date.UTC(year, 0, 1)) / DAY / 7) + 1;
  return `${year}-W${String(week).padStart(2, '0')}`;
}
