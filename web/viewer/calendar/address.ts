import { to } from '../../paths.ts';

export const versions = ['sub', 'dub'] as const;
export type Version = (typeof versions)[number];
/** `zone`: where it was chosen rather than known. */
export type CalendarChoice = { week?: string | null; zone?: string | null; version?: Version | null };

export function calendarAddress({ week, zone, version }: CalendarChoice): string {
  const query = new URLSearchParams();
  if (week) query.set('week', week);
  if (version) query.set('version', version);
  if (zone) query.set('zone', zone);
  const text = query.toString();
  return text ? `${to('calendar')}?${text}` : to('calendar');
}

/** Where the calendar stands as a file for calendar programs, and new episodes as a feed. */
export const icalPath = '/calendar.ics';
export const feedPath = '/feed.xml';
