import { StoreRefusal, type MediaStore } from '../platform/s3.ts';
import { Problem } from '../http/problem.ts';
import { complain } from '../platform/log.ts';

/** Everything of one upload in the store stands under this. The file's own name is never part of a key. */
const sourceFolder = (uploadId: string): string => `sources/${uploadId}/`;
/** What stands beside an object, and nothing else does. */
export const folderOf = (key: string): string => key.slice(0, key.lastIndexOf('/') + 1);
export const sourceKey = (uploadId: string): string => `${sourceFolder(uploadId)}source`;

/** @throws Problem `storage-failed` in place of the store's own refusal, which goes to the log */
export async function fromStore<T>(call: Promise<T>): Promise<T> {
  try {
    return await call;
  } catch (error) {
    if (!(error instanceof StoreRefusal)) throw error;
    complain({ event: 'store refused', code: error.code, error: error.message });
    throw new Problem('storage-failed', {
      detail: 'The media store refused or did not answer. Nothing is lost: try again in a minute.',
    });
  }
}

/** Leaves nothing of an upload: neither parts nor object. Fine to repeat. */
export async function clearUpload(
  media: MediaStore,
  upload: { id: string; key: string; multipartId: string },
): Promise<void> {
  await media.abortMultipart(upload.key, upload.multipartId);
  await media.clear(sourceFolder(upload.id));
}
