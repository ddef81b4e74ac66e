import type { InferInput } from 'valibot';
import type { BookGroup, NewShare, NewStatement } from '../../../schema/api/books.ts';
import type { EntryKind } from '../../../schema/book-terms.ts';
import type { Id } from '../../../schema/ids.ts';
import { api, ask } from '../calls.ts';
import { saveAs } from '../titles/save-as.ts';

export type LedgerAsked = { month?: string; kind?: EntryKind; user?: string };
export const books = {
  money: () => ask(() => api.admin.books.money.$get({ query: { months: '12' } })),
  usage: (month: string, by: BookGroup) => ask(() => api.admin.books.usage.$get({ query: { month, by } })),
  taxes: (month: string) => ask(() => api.admin.books.taxes.$get({ query: { month } })),
  ledger: (query: LedgerAsked, cursor?: string) =>
    ask(() => api.admin.books.ledger.$get({ query: { ...query, ...(cursor ? { cursor } : {}) } })),
};
export const statements = {
  list: (licensor?: Id<'licensor'>, cursor?: string) =>
    ask(() =>
      api.admin.books.statements.$get({
        query: { ...(licensor ? { licensor } : {}), ...(cursor ? { cursor } : {}) },
      }),
    ),
  make: (json: InferInput<typeof NewStatement>) => ask(() => api.admin.books.statements.$post({ json })),
  read: (id: Id<'statement'>) => ask(() => api.admin.books.statements[':id'].$get({ param: { id } })),
  check: (id: Id<'statement'>) => ask(() => api.admin.books.statements[':id'].check.$post({ param: { id } })),
};
export const shares = {
  list: (id: Id<'licensor'>) => ask(() => api.admin.licensors[':id'].shares.$get({ param: { id } })),
  set: (id: Id<'licensor'>, json: InferInput<typeof NewShare>) =>
    ask(() => api.admin.licensors[':id'].shares.$post({ param: { id }, json })),
};

/**
 * Fetches a file and gives it to whoever asked; where that takes a recent sign-in, it is asked for first, which a link could not do.
 * As bytes: read as text it would lose its byte order mark, and with it its SHA-256.
 */
export async function download(path: string, name: string) {
  let bytes: Blob | null = null;
  const answered = await ask(async () => {
    const response = await fetch(path);
    if (!response.ok) return response;
    bytes = await response.blob();
    return new Response('null', { headers: response.headers });
  });
  if (bytes) saveAs(bytes, name, (bytes as Blob).type);
  return answered;
}
