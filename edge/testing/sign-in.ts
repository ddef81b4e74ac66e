import { env } from 'cloudflare:workers';
import type { Role } from '../../schema/api/accounts.ts';
import { users } from '../../schema/db/accounts.ts';
import { issueToken, TOOL_MS } from '../accounts/tokens.ts';
import { database } from '../platform/db.ts';

/** A bearer token of somebody with this role who has just signed in, who is made when they aren't there yet: `usr_0test<role>`. */
export async function bearer(role: Role): Promise<string> {
  const person = {
    userId: `usr_0test${role}`,
    name: `Test ${role}`,
    email: `${role}@engawa.test`,
    emailVerified: true,
    role,
  };
  const { userId: id, ...row } = person;
  const at = new Date();
  await database(env.DB)
    .insert(users)
    .values({ id, ...row, createdAt: at, updatedAt: at })
    .onConflictDoNothing();
  const fresh = { ...person, provedAt: at.getTime() };
  return (await issueToken(env.PUBLIC_ORIGIN, env.AUTH_SIGNING_KEY, fresh, at.getTime(), TOOL_MS)).token;
}
