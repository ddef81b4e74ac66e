import { dashboardPath } from '../paths.ts';

/** Every address of the dashboard. The document is the same for all of them; the page is drawn in the browser. */
export const places = {
  overview: dashboardPath,
  titles: `${dashboardPath}/titles`,
  'new-title': `${dashboardPath}/titles/new`,
  title: `${dashboardPath}/titles/:id`,
  'title-part': `${dashboardPath}/titles/:id/:part`,
  episode: `${dashboardPath}/titles/:id/episodes/:episode`,
  episodes: `${dashboardPath}/episodes`,
  uploads: `${dashboardPath}/uploads`,
  compare: `${dashboardPath}/titles/:id/episodes/:episode/compare`,
  jobs: `${dashboardPath}/jobs`,
  job: `${dashboardPath}/jobs/:id`,
  storage: `${dashboardPath}/storage`,
  audit: `${dashboardPath}/audit`,
  rights: `${dashboardPath}/rights`,
  licences: `${dashboardPath}/rights/licences`,
  licence: `${dashboardPath}/rights/licences/:id`,
  licensors: `${dashboardPath}/rights/licensors`,
  licensor: `${dashboardPath}/rights/licensors/:id`,
  world: `${dashboardPath}/rights/world`,
  ask: `${dashboardPath}/rights/ask`,
  moderation: `${dashboardPath}/moderation`,
  notice: `${dashboardPath}/moderation/:id`,
  ads: `${dashboardPath}/ads`,
  'new-campaign': `${dashboardPath}/ads/new`,
  campaign: `${dashboardPath}/ads/:id`,
  people: `${dashboardPath}/people`,
  person: `${dashboardPath}/people/:id`,
  staff: `${dashboardPath}/staff`,
  streams: `${dashboardPath}/streams`,
  plans: `${dashboardPath}/plans`,
  codes: `${dashboardPath}/plans/codes`,
  books: `${dashboardPath}/books`,
  usage: `${dashboardPath}/books/usage`,
  statements: `${dashboardPath}/books/statements`,
  statement: `${dashboardPath}/books/statements/:id`,
  ledger: `${dashboardPath}/books/ledger`,
  'stripe-events': `${dashboardPath}/money/events`,
  'stripe-event': `${dashboardPath}/money/events/:id`,
} as const;
export type PlaceName = keyof typeof places;
export type Place = { name: PlaceName; values: Record<string, string> };

/** The place at a path, or null. The table is in order: what is said word by word stands before what has a parameter. */
export function placeAt(pathname: string): Place | null {
  const parts = pathname.replace(/\/+$/, '').split('/');
  for (const name of Object.keys(places) as PlaceName[]) {
    const pattern = places[name].split('/');
    if (pattern.length !== parts.length) continue;
    const values: Record<string, string> = {};
    const fits = pattern.every((word, i) => {
      if (!word.startsWith(':')) return word === parts[i];
      values[word.slice(1)] = decoded(parts[i]!);
      return parts[i] !== '';
    });
    if (fits) return { name, values };
  }
  return null;
}

/** The address of a place: `at('job', { id })`. */
export const at = (name: PlaceName, values: Record<string, string> = {}): string =>
  places[name].replaceAll(/:([a-z]+)/g, (_, key: string) => encodeURIComponent(values[key] ?? ''));

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part; // a lone `%`: no id has one, the API will say so
  }
}
