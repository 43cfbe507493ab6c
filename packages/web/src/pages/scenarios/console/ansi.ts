import Anser from 'anser';

/** A piece of a line that looks the same throughout. */
export interface Piece {
  readonly text: string;
  readonly className: string;
}

/** What terminals are told beside colours: places of the cursor, titles of windows. */
const OTHER_ESCAPES = /\u001b(?:\[[0-9;?]*[ -/]*[@-ln-~]|\][^\u0007\u001b]*(?:\u0007|\u001b\\)?|[()][A-Z0-9]|[=>78])/g;
/** A line is cut here on the page; the download has all of it. */
const MOST = 4000;

/** The colours of terminals by those of the page, each of which can be read on its ground. */
const COLOURS: Readonly<Record<string, string>> = {
  'ansi-red': 'text-bad',
  'ansi-bright-red': 'text-bad',
  'ansi-green': 'text-good',
  'ansi-bright-green': 'text-good',
  'ansi-yellow': 'text-warn',
  'ansi-bright-yellow': 'text-warn',
  'ansi-blue': 'text-accent',
  'ansi-bright-blue': 'text-accent',
  'ansi-cyan': 'text-accent',
  'ansi-bright-cyan': 'text-accent',
  'ansi-magenta': 'text-quiet',
  'ansi-bright-magenta': 'text-quiet',
  'ansi-bright-black': 'text-faint',
};
const DECORATIONS: Readonly<Record<string, string>> = {
  bold: 'font-bold',
  dim: 'text-faint',
  italic: 'italic',
  underline: 'underline',
  strikethrough: 'line-through',
};

/** A line of a log in pieces of one look each, without what only terminals understand. */
export function piecesOf(line: string): readonly Piece[] {
  const text = line.replace(OTHER_ESCAPES, '').replace(/\r+$/, '');
  // What a carriage return goes back over was overwritten.
  const last = text.slice(text.lastIndexOf('\r') + 1);
  const cut = last.length > MOST ? `${last.slice(0, MOST)}…` : last;
  return Anser.ansiToJson(cut, { json: true, use_classes: true, remove_empty: true }).map(
    ({ content, fg, decorations }) => ({
      text: content,
      className: [COLOURS[fg] ?? '', ...decorations.map((one) => DECORATIONS[one] ?? '')].filter(Boolean).join(' '),
    }),
  );
}
