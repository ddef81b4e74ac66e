import type { Role } from '../../schema/api/accounts.ts';
import { ApiProblem } from '../api.ts';
import { signIn, signUp } from './session.ts';

/** The people of a local platform. Their passwords are no secret: everything here listens on this machine only. */
export const people = {
  viewer: { name: 'Viewer', email: 'viewer@engawa.test', password: 'engawa-viewer' },
  editor: { name: 'Editor', email: 'editor@engawa.test', password: 'engawa-editor' },
  admin: { name: 'Admin', email: 'admin@engawa.test', password: 'engawa-admin' },
} as const satisfies Partial<Record<Role, { name: string; email: string; password: string }>>;
export type Person = keyof typeof people;
export const isPerson = (text: string): text is Person => Object.hasOwn(people, text);

/**
 * Makes those who are missing, through the API; a new account is a viewer's, so `execute` gives the others their role, and the viewer
 * a plan: two windows and mpv may play side by side then, and the editor's one stream shows what the limit looks like.
 * @returns how many were missing
 */
export async function ensurePeople(
  origin: string,
  execute: (sql: string) => Promise<unknown>,
): Promise<number> {
  let made = 0;
  for (const person of Object.values(people)) made += Number(await ensurePerson(origin, person));
  // Every time: a first start may have ended between the accounts and their roles.
  const wrong = (
    await Promise.all(
      Object.entries(people).map(async ([wanted, person]) => {
        const { role, emailVerified } = await signIn(origin, person);
        return role !== wanted || !emailVerified;
      }),
    )
  ).some(Boolean);
  if (wrong)
    await execute(
      Object.entries(people)
        .map(
          ([role, { email }]) =>
            `UPDATE users SET role = '${role}', email_verified = 1 WHERE email = '${email}';`,
        )
        .concat(household)
        .join(' '),
    );
  return made;
}

const household = [
  `INSERT OR IGNORE INTO plans (id, name, streams, ads, downloads, created_at, updated_at) VALUES ('household', 'Household', 4, 0, 1, 0, 0);`,
  `INSERT OR IGNORE INTO subscriptions (id, user_id, plan_id, source, since, created_at, updated_at) SELECT 'sbn_household', id, 'household', 'staff', 0, 0, 0 FROM users WHERE email = '${people.viewer.email}';`,
];

async function ensurePerson(origin: string, person: (typeof people)[Person]): Promise<boolean> {
  try {
    await signIn(origin, person);
    return false;
  } catch (error) {
    if (!(error instanceof ApiProblem && error.problem.code === 'invalid-credentials')) throw error;
    await signUp(origin, person);
    return true;
  }
}
