import type { ImportReport, ListFormat } from '../../../schema/api/library.ts';
import { answer, type Answer } from '../../api.ts';

export const existingWays = ['newer', 'keep', 'replace'] as const;
export type Existing = (typeof existingWays)[number];

/** What the API reads of a list at most: said before anything is sent. */
export const MAX_LIST_BYTES = 16 * 1024 * 1024;

/**
 * Sends a list as it is, packed or not: only to see what would happen where `attempt`. The same list may be sent again: nothing is taken
 * over twice.
 */
export function sendList(
  file: Blob,
  format: ListFormat,
  existing: Existing,
  attempt: boolean,
): Promise<Answer<ImportReport>> {
  const query = new URLSearchParams({ format, existing, ...(attempt ? { try: '1' } : {}) });
  return answer<ImportReport>(() =>
    fetch(`/api/me/import?${query.toString()}`, {
      method: 'POST',
      headers: { 'content-type': format === 'mal' ? 'application/xml' : 'application/json' },
      body: file,
    }),
  );
}

/** What kind of list a file is, by its name; null: it does not say. */
export function formatOf(name: string): ListFormat | null {
  if (/\.xml(\.gz)?$/i.test(name)) return 'mal';
  if (/engawa.*\.json$/i.test(name)) return 'engawa';
  if (/\.json$/i.test(name)) return 'anilist';
  return null;
}
