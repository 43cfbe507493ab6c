/** Controls of terminals that are not colours and movements of the cursor, and all others but tab and line ends. */
const UNSAFE = /[\0-\x08\x0b\x0c\x0e-\x1a\x1c-\x1f\x7f]|\x1b(?!\[)/g;
/** Of the block "Control Pictures" of Unicode, which shows controls. */
const PICTURES = 0x2400;
const DELETE_PICTURE = 0x2421;

/**
 * Makes text of what a process writes, chunk by chunk: UTF-8, what is not becomes U+FFFD; colours stay (ECMA-48, 5.4), other controls are
 * shown and do nothing; lines end with LF.
 */
export class SafeText {
  readonly #decoder = new TextDecoder('utf-8');
  /** The beginning of what cannot be judged yet: CR or ESC. */
  #open = '';

  /** @param isLast whether nothing follows */
  take(bytes: Uint8Array, isLast = false): string {
    // Several CR do what one does, and may stand before an LF.
    const text = (this.#open + this.#decoder.decode(bytes, { stream: !isLast })).replaceAll(/\r{2,}/g, '\r');
    this.#open = isLast ? '' : (/[\r\x1b]$/.exec(text)?.[0] ?? '');
    const whole = this.#open === '' ? text : text.slice(0, -1);
    return whole.replaceAll('\r\n', '\n').replace(UNSAFE, picture);
  }
}

function picture(control: string): string {
  const code = control.charCodeAt(0);
  return String.fromCharCode(code === 0x7f ? DELETE_PICTURE : PICTURES + code);
}
