import type { Interval } from '../../schema/plans.ts';
import { writtenMoney, type Money } from '../../schema/written-money.ts';
import { languageOf, written, type Letter } from '../accounts/mails.ts';
import type { OutgoingMail } from '../platform/mailer.ts';
import { words } from './mail-words.ts';

/**
 * What somebody is told about their money. Times are ms UTC; `plan` is its name; `what` is the title's, the season's or the episode's
 * name. Whoever settles sends each once per cause (ADR 0095).
 */
export type MoneyMail =
  /** A renewal was refused, and is tried again. `until`: so long the plan holds all the same. */
  | { kind: 'payment-failed'; plan: string; owed: Money; until: number }
  /** Three days before it is paid for the first time; not sent where it was cancelled. `costs`: what is charged then, tax included. */
  | { kind: 'trial-ends'; plan: string; at: number; costs: Money; interval: Interval }
  /** What was paid, beside Stripe's own receipt. `until`: of a plan, the end of what is paid; of a rental, by when to begin it. */
  | { kind: 'receipt'; what: string; paid: Money; until: number | null }
  | { kind: 'refunded'; what: string; back: Money }
  /** `unpaid`: the grace is over; `cancelled`: as was asked; `refunded`: with what was paid for it. */
  | { kind: 'ended'; plan: string; because: 'cancelled' | 'unpaid' | 'refunded' };

/**
 * A mail about money.
 * @param letter `acceptLanguage` is what its customer prefers to read (Stripe's `preferred_locales`, joined by commas): no request of
 * theirs brings these about
 */
export function moneyMail(of: MoneyMail, letter: Letter): OutgoingMail {
  const { subject, lead, more } = said(of, languageOf(letter));
  const link = `${letter.origin}${of.kind === 'ended' ? '/plans' : '/account/billing'}`;
  return written(letter, subject, [lead, link, ...more], { link });
}

/** `more`: what stands below the link. */
type Said = { subject: string; lead: string; more: string[] };

function said(of: MoneyMail, language: 'en' | 'ja'): Said {
  const { each, failed, trial, receipt, refunded, ended } = words[language];
  const day = (at: number) =>
    new Intl.DateTimeFormat(language, { dateStyle: 'long', timeZone: 'UTC' }).format(at);
  const cost = (money: Money) => writtenMoney(language, money);
  if (of.kind === 'payment-failed')
    return {
      subject: failed.subject,
      lead: failed.lead(of.plan, cost(of.owed)),
      more: [failed.tail(day(of.until))],
    };
  if (of.kind === 'trial-ends')
    return {
      subject: trial.subject(day(of.at)),
      lead: trial.lead(of.plan, day(of.at), each[of.interval](cost(of.costs))),
      more: [trial.tail],
    };
  if (of.kind === 'receipt')
    return {
      subject: receipt.subject(of.what),
      lead: receipt.lead(of.what, cost(of.paid)),
      more: [...(of.until === null ? [] : [receipt.until(day(of.until))]), receipt.tail],
    };
  if (of.kind === 'refunded')
    return {
      subject: refunded.subject(cost(of.back)),
      lead: refunded.lead(of.what, cost(of.back)),
      more: [refunded.tail],
    };
  return { subject: ended.subject(of.plan), lead: ended[of.because](of.plan), more: [ended.tail] };
}
