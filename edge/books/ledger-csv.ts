import type { LedgerEntry } from '../../schema/api/books.ts';
import { csvHead, csvLines, type CsvColumns } from '../http/csv.ts';
import type { Db } from '../platform/db.ts';
import { ledgerAfter } from './money-queries.ts';

const day = (at: number | null) => (at === null ? null : new Date(at).toISOString());
const columns: CsvColumns<LedgerEntry> = {
  at: ({ at }) => day(at),
  entry: ({ id }) => id,
  kind: ({ kind }) => kind,
  country: ({ country }) => country,
  currency: ({ currency }) => currency.toUpperCase(),
  gross_smallest_units: ({ amount }) => amount,
  tax_smallest_units: ({ tax }) => tax,
  net_smallest_units: ({ amount, tax }) => amount - tax,
  plan: ({ planId }) => planId,
  paid_from: ({ paidFrom }) => day(paidFrom),
  paid_until: ({ paidUntil }) => day(paidUntil),
  model: ({ model }) => model,
  title: ({ titleName }) => titleName,
  title_id: ({ titleId }) => titleId,
  season: ({ season }) => season,
  episode_id: ({ episodeId }) => episodeId,
  payment: ({ stripePaymentId }) => stripePaymentId,
  account: ({ userId }) => userId,
};
const ROWS = 500;

/** A month of the ledger as a journal, the oldest first: a page is in memory at a time. */
export async function* journal(db: Db, month: number): AsyncGenerator<string> {
  yield csvHead(columns);
  let after: LedgerEntry | null = null;
  for (let more = true; more;) {
    const rows: LedgerEntry[] = await ledgerAfter(db, month, after, ROWS);
    if (rows.length > 0) yield csvLines(columns, rows);
    after = rows.at(-1) ?? after;
    more = rows.length === ROWS;
  }
}
