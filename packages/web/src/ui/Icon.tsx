/** Strokes of icons on a grid of 16. */
const PATHS = {
  plus: 'M8 3v10M3 8h10',
  minus: 'M3 8h10',
  search: 'M7 12a5 5 0 1 0 0-10 5 5 0 0 0 0 10ZM11 11l3 3',
  grip: 'M6 4h.01M10 4h.01M6 8h.01M10 8h.01M6 12h.01M10 12h.01',
  close: 'M4 4l8 8M12 4l-8 8',
  more: 'M3.5 8h.01M8 8h.01M12.5 8h.01',
  chevron: 'M6 4l4 4-4 4',
  down: 'M4 6l4 4 4-4',
  template: 'M2.5 3.5h11v9h-11zM2.5 6.5h11M6.5 6.5v6',
  set: 'M8 2l6 3-6 3-6-3 6-3ZM2 8l6 3 6-3M2 11l6 3 6-3',
  file: 'M4 1.5h5l3 3v10H4zM9 1.5v3h3',
  run: 'M5 3l8 5-8 5z',
  connection: 'M6 10l4-4M5 7L3.5 8.5a2.5 2.5 0 0 0 3.5 3.5L8.5 10.5M7.5 5.5L9 4a2.5 2.5 0 0 1 3.5 3.5L11 9',
  scenario: 'M2.5 3h11v10h-11zM5 6.5L7 8l-2 1.5M8.5 10H11',
  chat: 'M2.5 3h11v8h-6l-3 2.5V11h-2z',
  audit: 'M3 2.5h10v11H3zM5.5 5.5h5M5.5 8h5M5.5 10.5h3',
  sun: 'M8 11a3 3 0 1 0 0-6 3 3 0 0 0 0 6ZM8 1v1.5M8 13.5V15M1 8h1.5M13.5 8H15M3 3l1 1M12 12l1 1M13 3l-1 1M4 12l-1 1',
  moon: 'M13 9.5A5.5 5.5 0 0 1 6.5 3a5.5 5.5 0 1 0 6.5 6.5Z',
  warning: 'M8 2l6.5 11.5h-13zM8 6.5v3M8 11.5h.01',
  check: 'M3 8.5l3.5 3.5L13 4.5',
  dice: 'M2.5 2.5h11v11h-11zM5.5 5.5h.01M10.5 5.5h.01M8 8h.01M5.5 10.5h.01M10.5 10.5h.01',
  download: 'M8 2v8M4.5 7L8 10.5 11.5 7M2.5 13.5h11',
  code: 'M5.5 4L2 8l3.5 4M10.5 4L14 8l-3.5 4',
  history: 'M2.5 8a5.5 5.5 0 1 0 2-4.2M2.5 2v3h3M8 5v3.5l2 1',
  trash: 'M3 4h10M6.5 4V2.5h3V4M4.5 4l.5 9.5h6l.5-9.5',
  copy: 'M5.5 5.5h8v8h-8zM10.5 5.5v-3h-8v8h3',
  lock: 'M4 7.5h8v6H4zM5.5 7.5V5a2.5 2.5 0 0 1 5 0v2.5',
  key: 'M6 12.5a3 3 0 1 0 0-6 3 3 0 0 0 0 6ZM8.2 7.3L13 2.5M11 4.5l2 2',
  people:
    'M6 7.5a2.5 2.5 0 1 0 0-5 2.5 2.5 0 0 0 0 5ZM1.5 13.5a4.5 4.5 0 0 1 9 0M10.5 2.8a2.5 2.5 0 0 1 0 4.4M12 9.5a4.5 4.5 0 0 1 2.5 4',
  settings: 'M2 4.5h7M12 4.5h2M9 3v3h3V3zM2 11.5h2M7 11.5h7M4 10v3h3v-3z',
  menu: 'M2.5 4.5h11M2.5 8h11M2.5 11.5h11',
  spark: 'M8 2l1.5 4.5L14 8l-4.5 1.5L8 14l-1.5-4.5L2 8l4.5-1.5z',
} as const;

export type IconName = keyof typeof PATHS;

/** An icon beside a word, or in a button that has a name of its own: it says nothing to those who hear the page. */
export function Icon({ name, className = '' }: { name: IconName; className?: string }) {
  return (
    <svg
      aria-hidden="true"
      viewBox="0 0 16 16"
      className={`size-4 shrink-0 ${className}`}
      fill="none"
      stroke="currentColor"
      strokeWidth={name === 'grip' || name === 'more' ? 2 : 1.4}
      strokeLinecap="round"
      strokeLinejoin="round"
    >
      <path d={PATHS[name]} />
    </svg>
  );
}
