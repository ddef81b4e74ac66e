import { countryCodes } from '../../schema/countries.ts';
import type { BusinessModel } from '../../schema/plans.ts';
import { covers, ends, holdsBack, starts } from '../rights/rows.ts';
import type { RowTerms } from '../rights/terms.ts';

/** Where a title may be listed, as `titles` keeps it (schema/db/catalog.ts). */
export type Shown = {
  /** ISO 3166-1 codes between spaces (` JP US `), `*` everywhere, empty nowhere. */
  shownIn: string;
  /** When it has to be reckoned again, ms UTC; null: not before a licence or a holdback changes. */
  shownUntil: number | null;
};

/**
 * Where a title may be listed: wherever some licence lets somebody watch some of it, now or at a time to come, so that what is announced
 * is listed and what is over is not. Agrees with `decide` (edge/rights): what it refuses as `not-in-territory` or `window-ended` at each
 * episode is not listed. A viewer whose country is unknown is shown only what is shown everywhere.
 * A draft is listed nowhere, whatever is licensed.
 * @param licences of the title, those in force; `holdbacks` likewise
 */
export function shownWhere(
  {
    licences,
    holdbacks,
    draft = false,
  }: { licences: readonly RowTerms[]; holdbacks: readonly RowTerms[]; draft?: boolean },
  now: number,
): Shown {
  if (draft) return { shownIn: '', shownUntil: null };
  const until = (country: string | null) => openUntil(licences, holdbacks, country);
  const unknown = until(null);
  const each = countryCodes.map((code) => ({ code, until: until(code) })).filter((one) => one.until > now);
  const turns = each.map((one) => one.until);
  if (unknown > now) return { shownIn: '*', shownUntil: first([unknown, ...turns]) };
  return {
    shownIn: each.length ? ` ${each.map(({ code }) => code).join(' ')} ` : '',
    shownUntil: first(turns),
  };
}

const first = (times: readonly number[]): number | null => {
  const earliest = Math.min(...times);
  return earliest === Infinity ? null : earliest;
};

/** The end of the last moment at which somebody in a country may watch some of it; -Infinity: there is none. */
function openUntil(licences: readonly RowTerms[], holdbacks: readonly RowTerms[], country: string | null) {
  const held = holdbacks.filter((row) => holdsBack(row, country));
  let last = -Infinity;
  for (const licence of licences) {
    if (!covers(licence, country)) continue;
    const over = held.filter((row) => isAboutAllOf(row, licence));
    for (const model of licence.models) last = Math.max(last, lastOpen(licence, model, over));
  }
  return last;
}

/** The end of a licence's window, less what is held back of its end: exclusive, as both are. */
function lastOpen(licence: RowTerms, model: BusinessModel, holdbacks: readonly RowTerms[]): number {
  const held = holdbacks.filter((row) => row.models.includes(model));
  let end = ends(licence);
  while (end > starts(licence)) {
    const before = end;
    const holding = held.find((row) => starts(row) < before && before <= ends(row));
    if (!holding) return end;
    end = starts(holding);
  }
  return -Infinity;
}

/** Whether a holdback is about every episode that a licence is about; if some are left, the title is listed for them. */
function isAboutAllOf(holdback: RowTerms, licence: RowTerms): boolean {
  if (holdback.season === null) return true;
  return (
    holdback.season === licence.season &&
    (holdback.episodeFrom ?? -Infinity) <= (licence.episodeFrom ?? -Infinity) &&
    (holdback.episodeTo ?? Infinity) >= (licence.episodeTo ?? Infinity)
  );
}
