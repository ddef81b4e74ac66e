import type { LicenceItem } from '../../schema/api/rights-room.ts';
import { csvHead as head, csvLines as lines, type CsvColumns } from '../http/csv.ts';

const columns: CsvColumns<LicenceItem> = {
  id: ({ id }) => id,
  state: ({ state }) => state,
  title: ({ titleName }) => titleName,
  title_id: ({ titleId }) => titleId,
  licensor: ({ licensorName }) => licensorName,
  season: ({ season }) => season,
  episode_from: ({ episodeFrom }) => episodeFrom,
  episode_to: ({ episodeTo }) => episodeTo,
  territories: ({ territories: { mode, countries } }) =>
    mode === 'include' ? countries.join(' ') : ['WORLD', ...countries.map((code) => `-${code}`)].join(' '),
  starts_at: ({ startsAt }) => time(startsAt),
  ends_at: ({ endsAt }) => time(endsAt),
  models: ({ models }) => models.join(' '),
  max_height: ({ maxHeight }) => maxHeight,
  audio: ({ audioLanguages }) => audioLanguages?.join(' ') ?? null,
  subtitles: ({ subtitleLanguages }) => subtitleLanguages?.join(' ') ?? null,
  early_access_hours: ({ earlyAccess }) =>
    earlyAccess.map(({ plan, ms }) => `${plan}=${ms / 3_600_000}`).join(' '),
  downloads: ({ downloads }) => downloads,
  amends: ({ amends }) => amends,
  ended_at: ({ endedAt }) => time(endedAt),
  ended_because: ({ endedBecause }) => endedBecause,
};
const time = (at: number | null) => (at === null ? null : new Date(at).toISOString());

export const csvHead = head(columns);
/** Licences as lines; territories as codes, the world but for some as `WORLD -CN`; times as ISO 8601, UTC. */
export const csvLines = (items: readonly LicenceItem[]): string => lines(columns, items);
