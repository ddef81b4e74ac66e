import { env } from 'cloudflare:workers';
import { eq } from 'drizzle-orm';
import { describe, expect, it } from 'vitest';
import { users } from '../../../schema/db/accounts.ts';
import type { Actor } from '../../http/context.ts';
import { platform } from '../../platform/platform.ts';
import { currentProfile, householdOf } from './current-profile.ts';
import { db } from './me.fixture.ts';

const here = platform(env);
const outside = { ...here, db, settings: { ...here.settings, authIssuer: 'https://clerk.example.com' } };
const person = (userId: string, email: string): Actor => ({
  userId,
  name: 'Mio',
  email,
  emailVerified: true,
  role: 'viewer',
});

describe('somebody from another issuer', () => {
  it('has a profile on first need, and a row here from then on', async () => {
    const mio = person('user_2abcDEF', 'mio@example.com');
    const [first, second] = await Promise.all([householdOf(outside, mio), householdOf(outside, mio)]);
    expect(first).toEqual(second);
    expect(await currentProfile(outside, mio, new Headers())).toMatchObject({
      name: 'Mio',
      ageCeiling: '18',
    });
    expect(await db.select({ email: users.email }).from(users).where(eq(users.id, mio.userId))).toEqual([
      { email: 'mio@example.com' },
    ]);
  });

  it('has one also without an address, and with one that somebody else has', async () => {
    for (const [id, email] of [
      ['user_none', ''],
      ['user_one', 'shared@example.com'],
      ['user_two', 'shared@example.com'],
    ] as const)
      expect(await householdOf(outside, person(id, email))).toHaveLength(1);
  });

  it('of our own issuer is never made by a token alone', async () => {
    await expect(householdOf(here, person('usr_0gone', 'gone@example.com'))).rejects.toMatchObject({
      code: 'not-signed-in',
    });
  });
});
