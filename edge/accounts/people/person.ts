import type { Account, Person } from '../../../schema/api/people.ts';
import { Problem } from '../../http/problem.ts';
import { complain } from '../../platform/log.ts';
import type { Platform } from '../../platform/platform.ts';
import { deviceOf } from '../device-name.ts';
import { masked } from '../masked.ts';
import { accountRows } from './account-queries.ts';
import { personRow, type PersonRow } from './queries.ts';

/** Somebody as they stand in a list. */
export const personView = ({ email, ...row }: PersonRow): Person => ({ ...row, email: masked(email) });

const nobody = () => new Problem('not-found', 'There is no such account.');

/** @throws Problem `not-found` */
export async function shownPerson({ db, now }: Pick<Platform, 'db' | 'now'>, id: string): Promise<Person> {
  const row = await personRow(db, id, now());
  if (!row) throw nobody();
  return personView(row);
}

/**
 * An account as support sees it: what its owner would see of it, without what only they may know.
 * @throws Problem `not-found`
 */
export async function accountView({ db, streams, now }: Platform, id: string): Promise<Account> {
  const [person, rows, live] = await Promise.all([
    shownPerson({ db, now }, id),
    accountRows(db, id, now()),
    streams
      .account(id)
      .live()
      .catch((error: unknown) => {
        complain({ event: 'account’s streams do not answer', error }); // the rest is there all the same
        return null;
      }),
  ]);
  const [[more], [password], [passkeys], sessions, profiles, consents] = rows;
  if (!more) throw nobody();
  const kinds = new Set<string>();
  return {
    ...person,
    closesBecause: more.closesBecause,
    planSince: more.planSince,
    signIn: { password: (password?.n ?? 0) > 0, app: more.app, passkeys: passkeys?.n ?? 0 },
    devices: sessions.map(({ userAgent, ...session }) => ({
      ...session,
      ...deviceOf(userAgent),
      current: false,
    })),
    profiles,
    consents: consents.filter(({ kind }) => !kinds.has(kind) && kinds.add(kind)),
    streams: live,
  };
}
