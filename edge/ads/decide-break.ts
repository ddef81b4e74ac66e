import type { Context } from 'hono';
import { BREAK_ADVERTS, CREATIVE_SECONDS, type AssetList } from '../../schema/api/ads.ts';
import type { Id } from '../../schema/ids.ts';
import type { AppEnv } from '../http/context.ts';
import { Problem } from '../http/problem.ts';
import { complain } from '../platform/log.ts';
import type { Watching } from '../platform/streams.ts';
import { reached, touchAside } from '../playback/lease.ts';
import { packageOf } from '../playback/playlists.ts';
import { select } from '../playback/select.ts';
import { sources } from '../playback/sources.ts';
import { sealToken, type Ticket } from '../playback/token.ts';
import type { Advert, Break, Film } from './adverts.ts';
import { choose, fill, type Counts } from './choose.ts';
import type { RunningRow } from './queries.ts';
import { running } from './running.ts';
import { fromTag, TAGS_MS } from './vast.ts';

/** What has nothing to show leaves its place to the next so often. */
const ROUNDS = 3;

/** A campaign's advertisement that could be shown now. `film`: which it is, whoever shows it. */
type Offered = { campaign: RunningRow; film: string; seconds: number; clickUrl: string | null; shows: Film };

/**
 * What is shown in a break: decided once, and the same whenever it is asked again.
 * @throws Problem `not-found` where the play has no such break, `stream-ended`, `unavailable`
 */
export async function breakOf(c: Context<AppEnv>, ticket: Ticket, n: number): Promise<AssetList> {
  const outside = c.get('platform');
  const breakAt = ticket.ads?.breaks[n];
  if (!ticket.ads || breakAt === undefined || ticket.advert)
    throw new Problem('not-found', 'This play has no such break.');
  const account = outside.adverts.account(ticket.accountId);
  const [watching, { decided, counts }] = await Promise.all([
    touchAside(outside.streams, ticket),
    reached(account.look(ticket.sessionId, n)),
  ]);
  if (decided) return listed(c, decided, ticket);
  const place = { n, breakAt, ticket, ads: ticket.ads };
  const chosen = await chooseFor(c, place, watching, counts).catch((error: unknown) => {
    complain({ event: 'break not decided', error });
    return null;
  });
  // Nothing is kept of what went wrong on our side: asked again, it may go well.
  return chosen ? listed(c, await reached(account.decide(chosen)), ticket) : { ASSETS: [] };
}

type Place = { n: number; breakAt: number; ticket: Ticket; ads: NonNullable<Ticket['ads']> };

async function chooseFor(
  c: Context<AppEnv>,
  { n, breakAt, ticket, ads }: Place,
  { titleId, episodeId, licenceId, country, audio = null }: Watching,
  counts: Counts,
): Promise<Break> {
  const outside = c.get('platform');
  const now = outside.now();
  const viewer = { country, heard: audio, titleId, rating: ads.rating };
  const fitting = choose(await running(outside), viewer, counts, now, `${ticket.sessionId} ${n}`);
  const until = now + TAGS_MS;
  let offered: Offered[] = [];
  for (let round = 0; round < ROUNDS && offered.length < BREAK_ADVERTS && fitting.length > 0; round++) {
    const next = fitting.splice(0, BREAK_ADVERTS - offered.length);
    const asked = await Promise.all(next.map((campaign) => offerOf(c, campaign, ticket, breakAt, until)));
    offered = fill([...offered, ...asked.filter((one) => one !== null)]);
  }
  return {
    playbackId: ticket.sessionId,
    n,
    breakAt,
    decidedAt: now,
    until: ticket.expiresAt,
    titleId,
    episodeId,
    licenceId,
    country,
    language: audio,
    skippable: ads.skippable,
    adverts: offered.map((one) => advertOf(one, outside.newId('advert'))),
  };
}

const advertOf = ({ campaign, seconds, clickUrl, shows }: Offered, id: Id<'advert'>): Advert => ({
  id,
  campaignId: campaign.id,
  advertiser: campaign.advertiser,
  film: shows,
  seconds,
  clickUrl,
  capPerDay: campaign.capPerDay,
  millis: campaign.cpm ?? 0, // a thousandth of what a thousand pay, in thousandths
  currency: campaign.currency,
  shownAt: null,
  quarters: 0,
  skipped: false,
  clicked: false,
  unwrittenSince: null,
});

async function offerOf(
  c: Context<AppEnv>,
  campaign: RunningRow,
  ticket: Ticket,
  breakAt: number,
  until: number,
): Promise<Offered | null> {
  const { vastUrl, assetId, revision, draft } = campaign;
  if (vastUrl !== null) {
    const later = (work: Promise<unknown>) => c.executionCtx.waitUntil(work);
    const tagged = await fromTag(vastUrl, breakAt, until, c.get('platform'), later);
    if (!tagged) return null;
    const { film, seconds } = tagged;
    return { campaign, film: film.url, seconds, clickUrl: tagged.clickUrl ?? campaign.clickUrl, shows: film };
  }
  if (!assetId || revision === null || draft !== true) return null;
  const pkg = await packageOf({ assetId, revision }, sources(c));
  // Without keys nobody could say whether it was shown.
  if (!pkg || pkg.keyId === null || pkg.duration > CREATIVE_SECONDS || !select(pkg, termsOf(ticket)))
    return null;
  const { keyId, periods, duration } = pkg;
  const shows: Film = { at: 'ours', assetId, revision, keyId, periods };
  return { campaign, film: assetId, seconds: duration, clickUrl: campaign.clickUrl, shows };
}

/** An advertisement is as fine a picture as the play, and is ours in every language. */
const termsOf = ({ maxHeight }: Pick<Ticket, 'maxHeight'>) => ({ maxHeight, audio: null, subtitles: null });

/** Behind an advertisement that is somewhere else stands no asset of ours: this is no asset's id. */
const NO_FILM = { assetId: 'ast_outside', revision: 1, keyId: null, periods: 0 } as const;

/** Each advertisement with a token of its own, which opens it and nothing else; the same for the same advertisement. */
async function listed(c: Context<AppEnv>, { adverts }: Break, ticket: Ticket): Promise<AssetList> {
  const { secrets, settings } = c.get('platform');
  const ASSETS = adverts.map(async ({ id, advertiser, film, seconds, clickUrl }) => {
    const of = film.at === 'ours' ? pick(film) : NO_FILM;
    const { sessionId, accountId, licenceId, country, expiresAt } = ticket;
    const whose = { sessionId, accountId, licenceId, country, expiresAt };
    const own: Ticket = { ...whose, ...of, ...termsOf(ticket), advert: id };
    const at = `${settings.origin}/hls/${await sealToken(own, secrets.playbackKeys)}`;
    return {
      URI: film.at === 'ours' ? `${at}/master.m3u8` : `${at}/advert/outside.m3u8`,
      DURATION: seconds,
      'X-ADVERT': { id, advertiser, clickUrl, marks: `${at}/seen/` },
    };
  });
  return { ASSETS: await Promise.all(ASSETS) };
}

const pick = ({ assetId, revision, keyId, periods }: Extract<Film, { at: 'ours' }>) => ({
  assetId,
  revision,
  keyId,
  periods,
});
