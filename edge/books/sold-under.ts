import type { Id } from '../../schema/ids.ts';
import type { BusinessModel } from '../../schema/plans.ts';
import { covers, isAbout, isOpen } from '../rights/rows.ts';
import type { RowTerms } from '../rights/terms.ts';

/** A licence of the title, with when it counted. */
export type Sellable = RowTerms & {
  id: Id<'licence'>;
  titleId: Id<'title'>;
  maxHeight: number | null;
  endedAt: number | null;
  createdAt: number;
};

export type Sold = {
  paidAt: number;
  country: string | null;
  model: BusinessModel;
  /** Both null: the whole title. */
  season: number | null;
  episode: { season: number; number: number } | null;
};

/**
 * Whose a sale is: the licence that let it be sold when it was paid. Of several the one about the most of the title, then of the taller
 * picture, then the smaller id, so that it never depends on the order of rows. Null: none did.
 */
export function soldUnder(sold: Sold, licences: readonly Sellable[]): Id<'licence'> | null {
  const fits = licences.filter(
    (row) =>
      row.createdAt <= sold.paidAt &&
      sold.paidAt < (row.endedAt ?? Infinity) &&
      isOpen(row, sold.paidAt) &&
      covers(row, sold.country) &&
      row.models.includes(sold.model) &&
      isOf(row, sold),
  );
  return fits.toSorted(widestFirst)[0]?.id ?? null;
}

const isOf = (row: Sellable, { season, episode }: Sold): boolean =>
  episode
    ? isAbout(row, { ...NOTHING, ...episode })
    : season === null || row.season === null || row.season === season;
/** What of an episode no licence looks at. */
const NOTHING = { id: '', published: true, airsAt: null, ageRating: 'all', takenDown: false } as const;

const width = ({ season, episodeFrom, episodeTo }: Sellable): number =>
  season === null ? 2 : episodeFrom === null && episodeTo === null ? 1 : 0;
const widestFirst = (a: Sellable, b: Sellable): number =>
  width(b) - width(a) ||
  (b.maxHeight ?? Number.MAX_SAFE_INTEGER) - (a.maxHeight ?? Number.MAX_SAFE_INTEGER) ||
  (a.id < b.id ? -1 : 1);
