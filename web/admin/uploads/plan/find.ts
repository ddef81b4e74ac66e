import type { AdminTitleDetail } from '../../../../schema/api/editing.ts';
import type { UploadCard } from '../../../../schema/api/ingest.ts';
import type { Id } from '../../../../schema/ids.ts';
import type { Answer } from '../../../api.ts';
import { titles, uploads } from '../../calls.ts';
import type { Failure } from '../../fresh-hook.ts';
import type { Row } from './rows.ts';
import { bestTitle, searches, type Candidate } from './titles.ts';

export type Found = {
  title: AdminTitleDetail | null;
  sure: boolean;
  /** Others that it may be. */
  candidates: readonly Candidate[];
  failure: Failure | null;
};

const FEW = '8';
const search = (q: string) => titles.list({ q, limit: FEW });

/** The title that files are of, by the name they say. */
export async function findTitle(name: string): Promise<Found> {
  const candidates: Candidate[] = [];
  for (const q of searches(name)) {
    const answer = await search(q);
    if (!answer.ok) return { title: null, sure: false, candidates, failure: answer };
    const known = new Set(candidates.map(({ id }) => id));
    candidates.push(...answer.value.items.filter(({ id }) => !known.has(id)));
    const best = bestTitle(name, candidates);
    if (best) return chosenTitle(best.title.id, candidates, best.sure);
  }
  return { title: null, sure: false, candidates, failure: null };
}

/** A title with its episodes. */
export async function chosenTitle(
  id: Id<'title'>,
  candidates: readonly Candidate[],
  sure: boolean,
): Promise<Found> {
  const answer = await titles.read(id);
  if (!answer.ok) return { title: null, sure: false, candidates, failure: answer };
  return { title: answer.value, sure, candidates, failure: null };
}

export async function searchTitles(q: string): Promise<Answer<readonly Candidate[]>> {
  const answer = await search(q);
  return answer.ok ? { ok: true, value: answer.value.items } : answer;
}

/** Pages of open uploads that are looked through for files that were begun elsewhere: more stand open nowhere. */
const PAGES = 10;

/**
 * Rows with the open uploads that are of the same files.
 * @param print a file's fingerprint; asked of those only that have the size of an open one
 */
export async function withOpen(rows: readonly Row[], print: (file: File) => Promise<string>): Promise<Row[]> {
  const open: UploadCard[] = [];
  let cursor: string | undefined;
  for (let page = 0; page < PAGES; page++) {
    const answer = await uploads.list('open', cursor);
    if (!answer.ok) break; // begun anew, the API finds it all the same
    open.push(...answer.value.items);
    if (!answer.value.next) break;
    cursor = answer.value.next;
  }
  const known: Row[] = [];
  for (const row of rows) {
    const alike = open.filter(({ bytes, fingerprint }) => fingerprint && bytes === row.file.size);
    const fingerprint = alike.length > 0 ? await print(row.file).catch(() => null) : null;
    known.push({ ...row, open: alike.find((upload) => upload.fingerprint === fingerprint) ?? null });
  }
  return known;
}
