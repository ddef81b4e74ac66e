import type { LicenceItem } from '../../schema/api/rights-room.ts';

const columns: Record<string, (item: LicenceItem) => string | number | boolean | null> = {
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

/**
 * A field as RFC 4180 §2 has it. Spreadsheets take what begins so for a formula and run it; the apostrophe makes it text
 * (https://owasp.org/www-community/attacks/CSV_Injection).
 */
function field(value: string | number | boolean | null): string {
  const text = value === null ? '' : String(value);
  const safe = typeof value === 'string' && /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** With a byte order mark: without one, spreadsheets read UTF-8 as something else. */
export const csvHead = `\uFEFF${Object.keys(columns).join(',')}\r\n`;
/** Licences as lines; territories as codes, the world but for some as `WORLD -CN`; times as ISO 8601, UTC. */
export const csvLines = (items: readonly LicenceItem[]): string =>
  items
    .map(
      (item) =>
        `${Object.values(columns)
          .map((of) => field(of(item)))
          .join(',')}\r\n`,
    )
    .join('');
