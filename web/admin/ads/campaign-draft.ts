import type { Campaign, CampaignChange } from '../../../schema/api/ads.ts';
import { ageRatings } from '../../../schema/catalog-terms.ts';
import type { Id } from '../../../schema/ids.ts';
import { listOf, type Draft } from '../form.ts';
import { fromLocal, toLocal } from '../local-time.ts';

/** Fields by the pointers of the API, each as its control holds it. `kind`: which of the two ways to show something is meant. */
export const blankCampaign: Draft = {
  kind: 'house',
  '/pacing': 'even',
  '/priority': '5',
  '/currency': 'usd',
};

export const campaignDraft = (campaign: Campaign): Draft => ({
  kind: campaign.vastUrl === null ? 'house' : 'vast',
  '/name': campaign.name,
  '/advertiser': campaign.advertiser,
  '/creativeEpisodeId': campaign.creative?.episodeId ?? '',
  '/vastUrl': campaign.vastUrl ?? '',
  '/clickUrl': campaign.clickUrl ?? '',
  '/startsAt': toLocal(campaign.startsAt),
  '/endsAt': toLocal(campaign.endsAt),
  '/countries': campaign.countries?.join() ?? '',
  '/languages': campaign.languages?.join(', ') ?? '',
  '/titleIds': JSON.stringify(campaign.titles ?? []),
  '/leastRating': campaign.leastRating ?? '',
  '/mostRating': campaign.mostRating ?? '',
  '/capPerDay': campaign.capPerDay?.toString() ?? '',
  '/goal': campaign.goal?.toString() ?? '',
  '/pacing': campaign.pacing,
  '/priority': String(campaign.priority),
  '/cpm': campaign.cpm === null ? '' : String(campaign.cpm / unitsOf(campaign.currency)),
  '/currency': campaign.currency ?? 'usd',
});

export type Chosen = { id: Id<'title'>; name: string };
/** Titles are kept with their names, so that a form that is come back to can say them. */
export const chosenTitles = (draft: Draft): Chosen[] => JSON.parse(draft['/titleIds'] || '[]') as Chosen[];

/** What the API takes: empty fields are open. */
export function campaignFields(draft: Draft) {
  const text = (name: string) => draft[name]?.trim() || null;
  const number = (name: string) => (text(name) === null ? null : Number(text(name)));
  const some = <T>(items: T[]) => (items.length > 0 ? items : null);
  const rating = (name: string) => ageRatings.find((one) => one === draft[name]) ?? null;
  const isVast = draft['kind'] === 'vast';
  const cpm = number('/cpm');
  const currency = text('/currency')?.toLowerCase() ?? null;
  return {
    name: draft['/name'] ?? '',
    advertiser: draft['/advertiser'] ?? '',
    creativeEpisodeId: isVast ? null : text('/creativeEpisodeId'),
    vastUrl: isVast ? text('/vastUrl') : null,
    clickUrl: text('/clickUrl'),
    startsAt: fromLocal(draft['/startsAt'] ?? ''),
    endsAt: fromLocal(draft['/endsAt'] ?? ''),
    countries: some(listOf(draft['/countries'] ?? '')),
    languages: some(listOf(draft['/languages'] ?? '')),
    titleIds: some(chosenTitles(draft).map(({ id }) => id)),
    leastRating: rating('/leastRating'),
    mostRating: rating('/mostRating'),
    capPerDay: number('/capPerDay'),
    goal: number('/goal'),
    pacing: draft['/pacing'] === 'asap' ? ('asap' as const) : ('even' as const),
    priority: Number(draft['/priority']),
    cpm: cpm === null ? null : Math.round(cpm * unitsOf(currency)),
    currency: cpm === null ? null : currency,
  } satisfies CampaignChange;
}

/** How many of its smallest units one of a currency has: ¥1 is 1, $1 is 100 (ISO 4217, as the browser knows it). */
export function unitsOf(currency: string | null): number {
  try {
    const format = new Intl.NumberFormat('en', { style: 'currency', currency: currency ?? '' });
    return 10 ** (format.resolvedOptions().maximumFractionDigits ?? 2);
  } catch {
    return 100; // no currency: the API says so
  }
}
