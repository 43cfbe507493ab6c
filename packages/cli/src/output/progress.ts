/** Drawn at most ten times a second: more is not seen, and a terminal is slow. */
const INTERVAL_MS = 100;
const BAR_WIDTH = 16;

export interface ProgressSink {
  write(text: string): void;
  /** Characters in a line of the terminal. */
  readonly columns: number;
}

/** A progress bar on one line of a terminal, drawn over itself. */
export class Progress {
  readonly #total: number;
  readonly #sink: ProgressSink;
  readonly #now: () => number;
  readonly #start: number;
  #drawnAt: number;
  #visible = false;

  /**
   * @param total rows to come
   * @param now a clock in milliseconds
   */
  constructor(total: number, sink: ProgressSink, now: () => number = () => performance.now()) {
    this.#total = total;
    this.#sink = sink;
    this.#now = now;
    this.#start = now();
    this.#drawnAt = this.#start;
  }

  /**
   * Draws how far the work is, unless it was drawn a moment ago.
   * @param known how many rows there are in a second, where others do the work; default: those since the beginning
   */
  update(rows: number, bytes: number, known?: number): void {
    const now = this.#now();
    if (now - this.#drawnAt < INTERVAL_MS) return;
    this.#drawnAt = now;
    const seconds = (now - this.#start) / 1000;
    const rate = known ?? rows / seconds;
    const done = rows / this.#total;
    const filled = Math.floor(done * BAR_WIDTH);
    const parts = [
      `[${'#'.repeat(filled)}${'.'.repeat(BAR_WIDTH - filled)}] ${String(Math.floor(done * 100)).padStart(3)} %`,
      `${rows.toLocaleString('en')} rows`,
      `${short(rate).trim()} rows/s`,
      rows === 0 || rate === 0 ? 'ETA --:--' : `ETA ${duration((this.#total - rows) / rate)}`,
      `${short(bytes)}B`,
    ];
    this.#draw(parts.join('  '));
  }

  /** Takes the bar away and leaves one line that says what was done. */
  finish(rows: number, bytes: number, target: string): void {
    const seconds = Math.max((this.#now() - this.#start) / 1000, 0.001);
    this.clear();
    const speed = `${seconds.toFixed(seconds < 10 ? 2 : 0)} s, ${short(rows / seconds).trim()} rows/s`;
    this.#sink.write(`${rows.toLocaleString('en')} rows, ${short(bytes)}B in ${speed} -> ${target}\n`);
  }

  /** Takes the bar away. */
  clear(): void {
    if (this.#visible) this.#sink.write('\r\x1b[K');
    this.#visible = false;
  }

  #draw(line: string): void {
    // A line as wide as the terminal would wrap, and drawing over it would leave its beginning behind.
    this.#sink.write(`\r${line.slice(0, Math.max(this.#sink.columns - 1, 0))}\x1b[K`);
    this.#visible = true;
  }
}

/** 4812345 -> `4.81 M`; the unit letter follows, so that `296 MB` and `4.81 M rows/s` read alike. */
function short(value: number): string {
  const units = ['', 'k', 'M', 'G', 'T'];
  let unit = 0;
  let rest = value;
  while (rest >= 999.5 && unit < units.length - 1) {
    rest /= 1000;
    unit++;
  }
  return `${unit === 0 ? rest.toFixed(0) : rest.toPrecision(3)} ${units[unit]}`;
}

/** Seconds as `m:ss` or `h:mm:ss`. */
function duration(seconds: number): string {
  const whole = Math.ceil(seconds);
  const two = (value: number): string => String(value).padStart(2, '0');
  const minutes = Math.floor(whole / 60);
  if (minutes < 60) return `${minutes}:${two(whole % 60)}`;
  return `${Math.floor(minutes / 60)}:${two(minutes % 60)}:${two(whole % 60)}`;
}
