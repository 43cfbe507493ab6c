/** Rows [from, to) as one message: what a target takes or refuses as a whole. */
export interface Message {
  readonly from: number;
  readonly to: number;
  readonly bytes: Uint8Array;
}
