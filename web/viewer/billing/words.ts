import type { Offered, OwnPurchase, PlanPrice } from '../../../schema/api/billing.ts';
import { writtenMoney, type Money } from '../../../schema/written-money.ts';
import type { billingEn } from '../../i18n/billing.en.ts';
import type { Translate } from '../../i18n/i18n.ts';
import { timeLeft } from '../../time-left.ts';
import { useHere, type Head, type Here } from '../../visit.ts';

export type BillingWords = Translate<typeof billingEn>;
/** Only the edge has these words: pages about money are plain HTML. */
export const useBillingWords = (): BillingWords => useHere().words('billing');

type Titled = 'title' | 'switch.title' | 'ways.title';
export const billingHead =
  (title: Titled) =>
  (_data: unknown, { words, t }: Here): Head => ({
    title: `${words('billing')(title)} · ${t('site.name')}`,
  });

export const cost = ({ visit }: Here, money: Money): string => writtenMoney(visit.language, money);
/** `¥980 a month`: no price without its period. */
export const each = (here: Here, price: Pick<PlanPrice, 'interval' | 'amount' | 'currency'>): string =>
  here.words('billing')(`each.${price.interval}`, { amount: cost(here, price) });

/** A day in full, in the visitor's own zone. */
export const date = ({ visit }: Here, at: number): string =>
  new Intl.DateTimeFormat(visit.language, { dateStyle: 'long', timeZone: visit.timeZone }).format(at);
export const moment = ({ visit }: Here, at: number): string =>
  new Intl.DateTimeFormat(visit.language, {
    dateStyle: 'medium',
    timeStyle: 'short',
    timeZone: visit.timeZone,
  }).format(at);

const HOUR = 3_600_000;
/** How long something lasts, as terms are written: 48 hours are that, and not two days; 30 days are days. */
export const span = ({ visit }: Here, ms: number): string =>
  ms <= 72 * HOUR && ms % HOUR === 0
    ? (ms / HOUR).toLocaleString(visit.language, { style: 'unit', unit: 'hour', unitDisplay: 'long' })
    : (timeLeft(visit.language, ms) ?? '');

type Part = { season: number | null; episodeId: string | null };
/** What of a title an offer is for. `number`: of its episode. */
export function partName(here: Here, { season, episodeId }: Part, number: number | null): string | null {
  const b = here.words('billing');
  if (episodeId !== null && number !== null) return b('bought.episode', { season: season ?? 1, number });
  return season === null ? null : b('bought.season', { number: season });
}

/** The terms of an offer, in words. */
export function terms(here: Here, { kind, beginWithinMs, playsForMs }: Offered): string {
  const b = here.words('billing');
  if (kind === 'purchase') return b('offers.purchase');
  const watch = playsForMs === null ? '' : span(here, playsForMs);
  return beginWithinMs === null
    ? b('offers.rentalOpen', { watch })
    : b('offers.rental', { start: span(here, beginWithinMs), watch });
}

/** Where a rental or a purchase stands. `open`: it can be watched. */
export function standsAt(here: Here, of: OwnPurchase): { text: string; open: boolean } {
  const b = here.words('billing');
  const { now, language } = here.visit;
  if (of.revokedAt !== null && of.revokedAt <= now)
    return { text: b('bought.revoked', { date: date(here, of.revokedAt) }), open: false };
  if (of.kind === 'purchase') return { text: b('bought.forGood'), open: true };
  const over = of.begunAt === null ? of.beginBy : of.until;
  if (over !== null && over <= now)
    return { text: b('bought.over', { date: moment(here, over) }), open: false };
  if (of.begunAt !== null && of.until !== null) {
    const time = timeLeft(language, of.until - now) ?? '';
    return { text: b('bought.left', { time, date: moment(here, of.until) }), open: true };
  }
  if (over === null || of.playsForMs === null) return { text: b('bought.forGood'), open: true };
  const time = span(here, of.playsForMs);
  return { text: b('bought.begin', { date: moment(here, over), time }), open: true };
}
