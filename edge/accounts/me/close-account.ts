import type { Closing } from '../../../schema/api/me.ts';
import { Problem } from '../../http/problem.ts';
import { followClosingSoon } from '../../billing/subscription-closing.ts';
import type { Platform } from '../../platform/platform.ts';
import { revokeStreams } from '../../playback/revoke.ts';
import { closingMail, keptMail } from './closing-mail.ts';
import {
  closeAccount,
  closingOf,
  deleteProgress,
  deleteUser,
  dueAccounts,
  forgetPlays,
  keepAccount,
} from './queries/closing.ts';
import { complain } from '../../platform/log.ts';

/** How long an account that is closed can still be kept. */
export const GRACE_MS = 14 * 86_400_000;

/** `later` outlives the answer; `acceptLanguage` is that of whose account it is, if they are who asks. */
type Post = { acceptLanguage: string | null; later: (work: Promise<unknown>) => void };

/**
 * Closes an account: signed out everywhere, nothing plays on, and two weeks later it is gone. May be repeated.
 * @param reason an admin's; null where its owner asks
 * @throws Problem `not-found`; `conflict` for the last admin
 */
export async function close(
  platform: Platform,
  userId: string,
  reason: string | null,
  { acceptLanguage, later }: Post,
): Promise<Closing> {
  const { db, settings, mailer, now } = platform;
  if ((await closingOf(db, userId)) === null) throw nobody();
  await revokeStreams(platform, { userId }); // first: while a session is left, what broke off can be asked for again
  const closed = await closeAccount(db, { userId, reason, closesAt: now() + GRACE_MS });
  switch (closed) {
    case 'unknown':
      throw nobody();
    case 'last-admin':
      throw new Problem('conflict', 'This is the last admin. Make somebody else one first.');
    default: {
      const { email, ...closing } = closed;
      later(followClosingSoon(platform, userId));
      const letter = { to: email, origin: settings.origin, acceptLanguage };
      if (closing.closesAt !== null)
        later(mailer.send(closingMail(closing.closesAt, closing.reason, letter)));
      await revokeStreams(platform, { userId }); // and what began until then
      return closing;
    }
  }
}
const nobody = () => new Problem('not-found', 'There is no such account.');

/**
 * Takes closing back.
 * @param evenAdmins whether also where an admin closed the account
 * @returns false where there is nothing that may be taken back
 */
export async function keep(
  platform: Platform,
  userId: string,
  evenAdmins: boolean,
  { acceptLanguage, later }: Post,
): Promise<boolean> {
  const { db, settings, mailer, now } = platform;
  const email = await keepAccount(db, userId, now(), evenAdmins);
  if (email === undefined) return false;
  later(followClosingSoon(platform, userId));
  later(mailer.send(keptMail({ to: email, origin: settings.origin, acceptLanguage })));
  return true;
}

/** Accounts, and rows of one of them, per sweep: what is left comes with the next one. */
const ACCOUNTS = 20;
const ROWS = 500;
const BATCHES = 20;

/**
 * Deletes the accounts whose time has come: rows by the hundreds first, as a batch of D1's may not grow with what somebody watched, and
 * the account itself last, so that a sweep that breaks off is gone on with by the next. What was played stays, without the person.
 */
export async function sweepClosedAccounts(platform: Platform): Promise<void> {
  const now = platform.now();
  for (const account of await dueAccounts(platform.db, now, ACCOUNTS))
    try {
      await deleteAccount(platform, account, now);
    } catch (error) {
      complain({ event: 'account not deleted', of: account.id, error });
    }
}

async function deleteAccount(
  { db, streams, adverts }: Platform,
  account: { id: string; email: string },
  now: number,
): Promise<void> {
  // First: what the account's streams would still write would come after what is deleted here.
  await streams.account(account.id).forget();
  await adverts.account(account.id).forget();
  for (let batch = 0; batch < BATCHES; batch++) {
    const changed = (await forgetPlays(db, account.id, ROWS)) + (await deleteProgress(db, account.id, ROWS));
    if (changed === 0) return deleteUser(db, account, now);
  }
}
