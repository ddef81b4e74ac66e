import { ageRatings } from '../../schema/catalog-terms.ts';
import { CREATIVE_SECONDS, type Campaign, type Creative, type CreativeFault } from '../../schema/api/ads.ts';
import type { Id } from '../../schema/ids.ts';
import type { Platform } from '../platform/platform.ts';
import { mayFetch } from './addresses.ts';
import type { CampaignRow, FilmRow } from './campaign-queries.ts';

/** What is wrong with a campaign, as problem documents say it (RFC 6901 pointers). */
export type Wrong = { pointer: string; detail: string };

/** The film of a campaign, for who chooses it. @param row undefined: there is no such episode */
export const creativeOf = (episodeId: Id<'episode'>, row: FilmRow | undefined): Creative => ({
  episodeId,
  titleId: row?.titleId ?? null,
  titleName: row?.titleName ?? null,
  season: row?.season ?? null,
  number: row?.number ?? null,
  name: row?.name ?? null,
  duration: row?.duration ?? null,
  fault: faultOf(row),
});

function faultOf(row: FilmRow | undefined): CreativeFault | null {
  if (!row) return 'gone';
  if (!row.draft) return 'title-published';
  if (!row.assetId) return 'unpublished';
  return (row.duration ?? 0) > CREATIVE_SECONDS ? 'too-long' : null;
}

const inWords: Record<CreativeFault, string> = {
  gone: 'there is no such episode',
  unpublished: 'this episode has no published version: publish one, its title stays a draft all the same',
  'too-long': `an advertisement lasts ${CREATIVE_SECONDS} s at the most`,
  'title-published': 'the title of this episode is in the catalogue: advertisements are episodes of a draft',
};

type Fields = Omit<CampaignRow, 'id' | 'state' | 'shown' | 'createdAt' | 'updatedAt'>;

/** What does not fit together in a campaign, whether it runs or not. */
export function misfits(row: Fields, platform: Pick<Platform, 'settings'>): Wrong[] {
  const { startsAt, endsAt, creativeEpisodeId, vastUrl, clickUrl, leastRating, mostRating, cpm, currency } =
    row;
  const wrong: Wrong[] = [];
  const say = (pointer: string, detail: string) => wrong.push({ pointer, detail });
  if (startsAt !== null && endsAt !== null && endsAt <= startsAt)
    say('/endsAt', 'must be later than startsAt');
  if (creativeEpisodeId !== null && vastUrl !== null)
    say('/vastUrl', 'either an episode of ours or a tag is shown, not both');
  if (vastUrl !== null && !mayFetch(vastUrl, platform))
    say('/vastUrl', 'has to be an https address of the internet, by name');
  if (clickUrl !== null && !mayFetch(clickUrl, platform))
    say('/clickUrl', 'has to be an https address of the internet, by name');
  const rank = (rating: (typeof ageRatings)[number]) => ageRatings.indexOf(rating);
  if (leastRating !== null && mostRating !== null && rank(leastRating) > rank(mostRating))
    say('/mostRating', 'must not be below leastRating');
  if ((cpm === null) !== (currency === null)) say('/currency', 'a price has a currency, and only that has');
  return wrong;
}

/** What keeps a campaign from being shown. @param film null: it names none */
export function unready(
  row: Fields,
  film: Creative | null,
  now: number,
  { settings }: Pick<Platform, 'settings'>,
): Wrong[] {
  const wrong: Wrong[] = [];
  if (!film && row.vastUrl === null)
    wrong.push({
      pointer: '/creativeEpisodeId',
      detail: 'name what is shown: an episode, or a tag as vastUrl',
    });
  if (film?.fault) wrong.push({ pointer: '/creativeEpisodeId', detail: inWords[film.fault] });
  if (row.vastUrl !== null && settings.adOrigins.length === 0)
    wrong.push({
      pointer: '/vastUrl',
      detail:
        'this site lets players fetch advertisements from nowhere else: set AD_ORIGINS first (docs/deploy.md)',
    });
  if (row.endsAt !== null && row.endsAt <= now)
    wrong.push({ pointer: '/endsAt', detail: 'has passed already' });
  return wrong;
}

export const campaignView = (
  { creativeEpisodeId: _shown, titleIds: _of, ...row }: CampaignRow,
  creative: Creative | null,
  titles: Campaign['titles'],
): Campaign => ({ ...row, creative, titles });
