import type { Cursors } from '../security/cursor.ts';
import type { MaskKeys } from '../security/mask-keys.ts';
import type { FilePlaces } from '../services/file-service.ts';
import type { BlobStore } from '../store/blobs/blob-store.ts';
import type { Store } from '../store/open-store.ts';

/** What routes work with. */
export interface HttpContext {
  readonly store: Store;
  readonly cursors: Cursors;
  readonly maskKeys: MaskKeys;
  readonly blobs: BlobStore;
  readonly files: FilePlaces;
}
