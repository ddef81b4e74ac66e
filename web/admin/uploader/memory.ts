import type { Id } from '../../../schema/ids.ts';
import type { Purpose } from './send-file.ts';

/** What is kept of an upload so that it can go on after a closed tab: the file itself has to be chosen again. */
export type Remembered = {
  uploadId: Id<'upload'>;
  episodeId: Id<'episode'>;
  titleId: Id<'title'>;
  /** For people: which episode it was for. */
  label: string;
  fileName: string;
  bytes: number;
  purpose: Purpose;
  /** Milliseconds UTC; the API gives an upload up that nobody touches. */
  expiresAt: number;
};

const KEY = 'engawa.uploads';

/** The same file for the same episode. A browser tells a page neither a path nor a checksum. */
export const fingerprint = (
  { name, size, lastModified }: Pick<File, 'name' | 'size' | 'lastModified'>,
  episodeId: string,
): string => JSON.stringify([episodeId, name, size, lastModified]);

/** `storage` may be full, forbidden, or changed by another tab: each call reads anew, and failing is forgetting. */
export function uploadMemory(storage: Storage, now: () => number) {
  const all = (): Record<string, Remembered> => {
    try {
      const kept = JSON.parse(storage.getItem(KEY) ?? '{}') as Record<string, Remembered>;
      return Object.fromEntries(Object.entries(kept).filter(([, { expiresAt }]) => expiresAt > now()));
    } catch {
      return {};
    }
  };
  const keep = (kept: Record<string, Remembered>) => {
    try {
      storage.setItem(KEY, JSON.stringify(kept));
    } catch {
      // The upload itself goes on; only a closed tab would lose it.
    }
  };
  return {
    all,
    remember: (print: string, upload: Remembered) => keep({ ...all(), [print]: upload }),
    forget: (print: string) => {
      const { [print]: _, ...others } = all();
      keep(others);
    },
  };
}
export type UploadMemory = ReturnType<typeof uploadMemory>;
