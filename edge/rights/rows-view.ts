import type { Holdback, Licence, NewHoldback, NewLicence } from '../../schema/api/rights.ts';
import type { InferOutput } from 'valibot';
import type { HoldbackRow, LicenceRow } from './queries.ts';

// Rows as the API shows and takes them.

export const licenceView = (row: LicenceRow): Licence => ({
  ...areaView(row),
  id: row.id,
  titleId: row.titleId,
  licensorId: row.licensorId,
  maxHeight: row.maxHeight,
  audioLanguages: row.audioLanguages,
  subtitleLanguages: row.subtitleLanguages,
  earlyAccess: row.earlyAccess,
  downloads: row.downloads,
  amends: row.amends,
  endedAt: row.endedAt,
  endedBecause: row.endedBecause,
  createdAt: row.createdAt,
});

export const holdbackView = (row: HoldbackRow): Holdback => ({
  ...areaView(row),
  id: row.id,
  titleId: row.titleId,
  licensorId: row.licensorId,
  reason: row.reason,
  createdAt: row.createdAt,
});

const areaView = (row: LicenceRow | HoldbackRow) => ({
  season: row.season,
  episodeFrom: row.episodeFrom,
  episodeTo: row.episodeTo,
  territories: { mode: row.territoryMode, countries: row.countries },
  startsAt: row.startsAt,
  endsAt: row.endsAt,
  models: row.models,
});

/** What somebody entered, as a row has it; each country and model once. */
export function asColumns<T extends InferOutput<typeof NewLicence> | InferOutput<typeof NewHoldback>>(
  given: T,
) {
  const { territories, ...rest } = given;
  return {
    ...rest,
    models: [...new Set(given.models)],
    territoryMode: territories.mode,
    countries: [...new Set(territories.countries)],
  };
}
