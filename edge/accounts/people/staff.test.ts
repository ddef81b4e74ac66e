import { env } from 'cloudflare:workers';
import { eq } from 'drizzle-orm';
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { Role } from '../../../schema/api/accounts.ts';
import type { Invite, OwnInvite, Staff } from '../../../schema/api/people.ts';
import { invites, passkeys, users } from '../../../schema/db/accounts.ts';
import { auditEntries } from '../../../schema/db/audit.ts';
import { database } from '../../platform/db.ts';
import { platform } from '../../platform/platform.ts';
import { call } from '../../testing/call.ts';
import { person } from '../../testing/people.ts';
import { bearer } from '../../testing/sign-in.ts';
import { mailsTo } from '../newcomer.fixture.ts';
import { sweepInvites } from './invites.ts';

const db = database(env.DB);
const DAY_MS = 86_400_000;
const admin = async (method: string, path: string, json?: unknown) =>
  call(method, path, { token: await bearer('admin'), ...(json === undefined ? {} : { json }) });
const codeOf = async (answer: Response) => (await answer.json<{ code: string }>()).code;
const invite = (email: string, role: Role = 'editor') =>
  admin('POST', '/api/admin/staff/invites', { email, role });
const roleNow = async (id: string) =>
  (await db.select({ role: users.role }).from(users).where(eq(users.id, id)))[0]!.role;
const staff = async () => (await admin('GET', '/api/admin/staff')).json<Staff>();

afterEach(() => {
  vi.useRealTimers();
  platform(env).settings.staffSecondFactor = false;
});

describe('an invitation', () => {
  it('goes by mail to an address, and gives whoever owns it the role, once', async () => {
    const ai = await person('Ai-invited');
    const made = await invite(ai.email.toUpperCase());
    expect(made.status).toBe(201);
    expect(await made.json<Invite>()).toMatchObject({
      email: 'ai…@people.test',
      role: 'editor',
      by: 'Test admin',
    });
    const [mail] = await mailsTo(ai.email);
    expect(mail).toMatchObject({ link: 'https://engawa.test/admin', code: null });
    expect(mail!.subject).toContain('editor');
    const own = await (await ai.ask('GET', '/api/me/invite')).json<OwnInvite>();
    expect(own.invite).toMatchObject({ role: 'editor', by: 'Test admin' });
    expect((await ai.ask('GET', '/api/admin/titles')).status).toBe(403);
    const both = await Promise.all([1, 2].map(() => ai.ask('POST', '/api/me/invite/accept')));
    expect(both.map(({ status }) => status).sort((a, b) => a - b)).toEqual([200, 404]);
    expect((await ai.ask('GET', '/api/admin/titles')).status).toBe(200);
    expect(await (await ai.ask('GET', '/api/me/invite')).json()).toEqual({ invite: null });
    const [entry] = await db.select().from(auditEntries).where(eq(auditEntries.rowId, ai.userId));
    expect(entry).toMatchObject({
      kind: 'users',
      actorId: ai.userId,
      operation: 'POST /api/me/invite/accept',
    });
    expect(await codeOf(await invite(ai.email, 'admin'))).toBe('conflict'); // their role is changed instead
  });

  it('is of use to nobody else, nor to an address that nobody has confirmed', async () => {
    const [owner, eve] = [await person('Owner-of-address'), await person('Eve-of-invites')];
    await invite(owner.email, 'admin');
    expect(await codeOf(await eve.ask('POST', '/api/me/invite/accept'))).toBe('not-found');
    await db.update(users).set({ emailVerified: false }).where(eq(users.id, owner.userId));
    const sneaky = await person('Sneaky'); // a token that says more than is so
    await db.update(users).set({ email: 'other@people.test' }).where(eq(users.id, sneaky.userId));
    expect((await owner.ask('POST', '/api/me/invite/accept')).status).toBeGreaterThanOrEqual(403);
    expect(await roleNow(owner.userId)).toBe('viewer');
    expect(await roleNow(eve.userId)).toBe('viewer');
  });

  it('can be replaced, taken back, and runs out in a week', async () => {
    const ken = await person('Ken-invited');
    await invite(ken.email, 'admin');
    const { id } = await (await invite(ken.email, 'moderator')).json<Invite>();
    expect(await (await ken.ask('GET', '/api/me/invite')).json()).toMatchObject({
      invite: { role: 'moderator' },
    });
    expect((await staff()).invites.filter((one) => one.email === 'ke…@people.test')).toHaveLength(1);
    expect((await admin('DELETE', `/api/admin/staff/invites/${id}`)).status).toBe(204);
    expect((await admin('DELETE', `/api/admin/staff/invites/${id}`)).status).toBe(404);
    expect(await codeOf(await ken.ask('POST', '/api/me/invite/accept'))).toBe('not-found');
    await invite(ken.email);
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 7 * DAY_MS + 1_000 });
    await sweepInvites(platform(env));
    expect(await db.select().from(invites).where(eq(invites.email, ken.email))).toEqual([]);
  });
});

describe('who works here', () => {
  it('is listed with when they were seen, and whether they have a second factor', async () => {
    const rin = await person('Rin-of-staff', 'editor');
    await person('Not-of-staff');
    const of = async () => (await staff()).items.find(({ id }) => id === rin.userId);
    expect(await of()).toMatchObject({ role: 'editor', secondFactor: false, email: 'ri…@people.test' });
    expect((await of())!.lastSeenAt).toBeGreaterThan(Date.now() - 60_000);
    await db.update(users).set({ twoFactorEnabled: true }).where(eq(users.id, rin.userId));
    expect(await of()).toMatchObject({ secondFactor: true });
    expect((await staff()).items.map(({ role }) => role)).not.toContain('viewer');
  });

  it('is kept out without a second factor where the site asks for one, and let in as soon as there is one', async () => {
    const yui = await person('Yui-of-staff', 'editor');
    platform(env).settings.staffSecondFactor = true;
    const enter = async () => (await yui.ask('GET', '/api/admin/titles')).status;
    const refused = await yui.ask('GET', '/api/admin/titles');
    expect(await codeOf(refused)).toBe('second-factor-missing');
    expect((await yui.ask('GET', '/api/me/security')).status).toBe(200); // where to turn it on
    expect((await yui.ask('POST', '/api/me/keep')).status).toBe(200); // and what any viewer may do
    const { userId } = yui;
    const key = {
      id: 'key-of-yui',
      userId,
      name: 'n',
      publicKey: 'k',
      counter: 0,
      transports: [],
      createdAt: 1,
    };
    await db.insert(passkeys).values(key);
    expect(await enter()).toBe(200);
    await db.delete(passkeys).where(eq(passkeys.id, key.id));
    expect(await enter()).toBe(403);
    await db.update(users).set({ twoFactorEnabled: true }).where(eq(users.id, userId));
    expect(await enter()).toBe(200);
    await db.update(users).set({ role: 'viewer' }).where(eq(users.id, userId));
    expect(await codeOf(await yui.ask('GET', '/api/admin/titles'))).toBe('not-allowed');
  });
});
