import type { Schedule } from '../../../schema/api/catalog.ts';

// iCalendar (RFC 5545). Times are in UTC, so that no zone has to be described (§3.3.5, form 2).

export type Airing = Schedule['items'][number];

/** TEXT (§3.3.11): backslash, semicolon, comma and line breaks are escaped. Other control characters may not stand in it (§3.1). */
const text = (value: string): string =>
  value
    .replaceAll(/[\\;,]/g, String.raw`\$&`)
    .replaceAll(/\r\n|\r|\n/g, String.raw`\n`)
    .replaceAll(/[^\P{Cc}\t]/gu, '');

/** DATE-TIME in UTC: `20261123T150000Z`. */
const moment = (at: number): string => `${new Date(at).toISOString().slice(0, 19).replaceAll(/[-:]/g, '')}Z`;

const MAX_OCTETS = 75;
const encoder = new TextEncoder();

/** A content line, folded after 75 octets, never inside of a character (§3.1). */
export function fold(line: string): string {
  const lines: string[] = [];
  let part = '';
  let octets = 0;
  for (const character of line) {
    const size = encoder.encode(character).length;
    if (octets + size > MAX_OCTETS) {
      lines.push(part);
      part = ' '; // the space that marks a continuation counts
      octets = 1;
    }
    part += character;
    octets += size;
  }
  return [...lines, part].join('\r\n');
}

/** How long an episode takes that is not there yet: half an hour of television. */
const USUAL_SECONDS = 1440;

/**
 * A calendar of what airs.
 * @param words what stands around the names: of the site, and of an episode by its number
 * @param now ms UTC, when it is made
 */
export function calendar(
  items: readonly Airing[],
  {
    origin,
    now,
    name,
    episodeName,
  }: { origin: string; now: number; name: string; episodeName: (airing: Airing) => string },
): string {
  const { host } = new URL(origin);
  const events = items.flatMap((airing) => {
    const { airsAt, episode, title } = airing;
    const url = `${origin}/titles/${encodeURIComponent(title.slug)}`;
    return [
      'BEGIN:VEVENT',
      // The same episode stays the same event when its time is moved (§3.8.4.7).
      `UID:${episode.id}@${host}`,
      `DTSTAMP:${moment(now)}`,
      `DTSTART:${moment(airsAt)}`,
      `DTEND:${moment(airsAt + (episode.duration ?? USUAL_SECONDS) * 1000)}`,
      `SUMMARY:${text(`${title.names.main} · ${episodeName(airing)}`)}`,
      ...(episode.synopsis ? [`DESCRIPTION:${text(episode.synopsis)}`] : []),
      `URL:${url}`,
      'TRANSP:TRANSPARENT', // nobody is busy because of it
      'END:VEVENT',
    ];
  });
  const lines = [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'PRODID:-//Engawa//Calendar//EN',
    'CALSCALE:GREGORIAN',
    'METHOD:PUBLISH',
    `NAME:${text(name)}`, // RFC 7986 §5.1
    `X-WR-CALNAME:${text(name)}`, // the same, for programs that are older than that
    'REFRESH-INTERVAL;VALUE=DURATION:PT6H', // RFC 7986 §5.7
    'X-PUBLISHED-TTL:PT6H',
    ...events,
    'END:VCALENDAR',
  ];
  return `${lines.map(fold).join('\r\n')}\r\n`;
}
