import type { Context } from 'hono';
import type { AdMark } from '../../schema/api/ads.ts';
import type { Id } from '../../schema/ids.ts';
import type { AppEnv } from '../http/context.ts';
import { roughly } from '../http/limits.ts';
import { Problem } from '../http/problem.ts';
import { periodKey } from '../platform/content-keys.ts';
import { reached, touchAside } from '../playback/lease.ts';
import type { Ticket } from '../playback/token.ts';
import type { Film, Moved } from './adverts.ts';
import { tell } from './pixels.ts';

/** A ticket that opens an advertisement. */
type AdTicket = Ticket & { advert: Id<'advert'> };
export const isOfAdvert = (ticket: Ticket): ticket is AdTicket => ticket.advert !== undefined;

const gone = () => new Problem('not-found', 'This advertisement is over. The episode goes on without it.');

/**
 * The first picture of an advertisement is about to be given out: that is when it counts as shown, once (ADR 0089). Nothing is given when
 * the play that it interrupts has ended.
 * @throws Problem `not-found` where it is not shown any more, `stream-ended`, `too-many-requests`, `unavailable`
 */
async function shown(c: Context<AppEnv>, ticket: AdTicket): Promise<Film> {
  const outside = c.get('platform');
  await roughly(c, 'keys', ticket.accountId);
  await touchAside(outside.streams, ticket);
  const found = await reached(outside.adverts.account(ticket.accountId).show(ticket.advert));
  if (!found || found.moved.outcome === 'capped') throw gone();
  told(c, found.moved);
  return found.film;
}

/** The key of one period of an advertisement. It is no stream, and no minutes: nobody is paid by the minute for it. @throws as `shown` */
export async function advertKey(
  c: Context<AppEnv>,
  ticket: AdTicket,
  period: number,
): Promise<Uint8Array<ArrayBuffer>> {
  const { secrets } = c.get('platform');
  if (ticket.keyId === null) throw new Problem('not-found', 'This advertisement has no keys.');
  await shown(c, ticket);
  return (await periodKey(secrets.contentKeys, ticket.keyId, ticket.assetId, period)).slice();
}

/** Where an advertisement of somebody else's is fetched from: asking for it is what its first picture is to one of ours. @throws as `shown` */
export async function outsideAddress(c: Context<AppEnv>, ticket: AdTicket): Promise<string> {
  const film = await shown(c, ticket);
  if (film.at === 'ours') throw new Problem('not-found');
  return film.url;
}

/**
 * What a player says of an advertisement. Saying it again changes nothing.
 * @throws Problem `conflict` with `retryAt` for what cannot have been seen yet, or before it began; `not-found`
 */
export async function seen(c: Context<AppEnv>, ticket: AdTicket, mark: AdMark): Promise<void> {
  await roughly(c, 'keys', ticket.accountId);
  const account = c.get('platform').adverts.account(ticket.accountId);
  const moved = await reached(account.mark(ticket.advert, mark));
  if (!moved) throw gone();
  if (moved.outcome === 'not-shown')
    throw new Problem('conflict', 'None of this advertisement has been asked for yet.');
  if (moved.outcome === 'too-soon')
    throw new Problem('conflict', {
      detail: 'That much of it cannot have been seen yet.',
      retryAt: moved.retryAt,
    });
  told(c, moved);
}

/** Its advertiser's own servers hear of it when we count it, and only then. */
function told(c: Context<AppEnv>, moved: Moved): void {
  if (moved.outcome === 'counted')
    tell(moved.fire, c.get('platform'), (work) => c.executionCtx.waitUntil(work));
}
