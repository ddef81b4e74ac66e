import { env } from 'cloudflare:workers';
import { beforeEach, expect, it, vi } from 'vitest';
import type { NewTakedownNotice, NoticeReceipt, TakedownNotice } from '../../schema/api/moderation.ts';
import type { Mail } from '../../schema/api/accounts.ts';
import type { ProblemDocument } from '../../schema/problem.ts';
import { limits } from '../http/allowances.ts';
import { call } from '../testing/call.ts';
import { bearer } from '../testing/sign-in.ts';

let sender = 0;
/** A notice of somebody who sent none yet. */
const notice = (more: Partial<NewTakedownNotice> = {}): NewTakedownNotice => ({
  work: 'Kaze no Iro, all episodes',
  addresses: ['https://engawa.test/titles/kaze-no-iro', '/watch/ep_1?t=3'],
  name: 'Mio Example',
  onBehalfOf: 'Studio Example',
  email: `rights-${sender}@studio.test`,
  postalAddress: '1-2-3 Example, Tokyo',
  telephone: null,
  goodFaith: true,
  accurate: true,
  signature: 'Mio Example',
  ...more,
});
const send = (json: unknown, headers: Record<string, string> = {}) =>
  call('POST', '/api/takedown-notices', { json, headers });
const receiptOf = async (answer: Response) => answer.json<NoticeReceipt>();
const listed = async (query = '') =>
  (await call('GET', `/api/admin/takedown-notices${query}`, { token: await bearer('moderator') })).json<{
    items: TakedownNotice[];
    next: string | null;
  }>();
const mailsTo = async (to: string) =>
  (await (await call('GET', `/api/mailbox?to=${encodeURIComponent(to)}`)).json<{ items: Mail[] }>()).items;

beforeEach(() => {
  sender += 1;
  vi.spyOn(env.LIMIT_AUTH, 'limit').mockResolvedValue({ success: true });
});

it('takes a notice from somebody without an account, and gives and mails a receipt', async () => {
  const answer = await send(notice(), { 'accept-language': 'ja' });
  expect(answer.status).toBe(201);
  const receipt = await receiptOf(answer);
  expect(receipt).toMatchObject({ id: expect.stringMatching(/^ntc_/), state: 'received' });
  expect((await listed()).items[0]).toEqual({
    ...receipt,
    work: 'Kaze no Iro, all episodes',
    addresses: ['/titles/kaze-no-iro', '/watch/ep_1?t=3'],
    name: 'Mio Example',
    onBehalfOf: 'Studio Example',
    email: notice().email,
    postalAddress: '1-2-3 Example, Tokyo',
    telephone: null,
    signature: 'Mio Example',
  });
  const [mail, ...others] = await mailsTo(notice().email);
  expect(others).toEqual([]);
  expect(mail).toMatchObject({ link: expect.stringMatching(new RegExp(`receipt=${receipt.id}$`)) });
  expect(mail!.text).toContain(`受付番号は ${receipt.id} です`);
  expect(mail!.text).not.toMatch(/Kaze|Mio|Tokyo/);
});

it('shows whoever has the number when it came in, and nothing of what it says', async () => {
  const receipt = await receiptOf(await send(notice()));
  const answer = await call('GET', `/api/takedown-notices/${receipt.id}`);
  expect(await answer.json()).toEqual(receipt);
  expect((await call('GET', '/api/takedown-notices/ntc_00000000')).status).toBe(404);
});

it('is one notice however often the same is sent, also at the same moment; another one is another', async () => {
  const answers = await Promise.all([send(notice()), send(notice()), send(notice())]);
  expect(answers.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([200, 200, 201]);
  expect(new Set(await Promise.all(answers.map(async (one) => (await receiptOf(one)).id))).size).toBe(1);
  expect(await mailsTo(notice().email)).toHaveLength(1);
  expect((await send(notice({ work: 'Hoshi no Yubin' }))).status).toBe(201);
});

it('is another notice when the material is back later', async () => {
  const first = await receiptOf(await send(notice()));
  await env.DB.prepare('update takedown_notices set created_at = created_at - 3600001 where id = ?')
    .bind(first.id)
    .run();
  const again = await send(notice());
  expect(again.status).toBe(201);
  expect((await receiptOf(again)).id).not.toBe(first.id);
});

it.each([
  ['/work', { work: '  ' }],
  ['/addresses', { addresses: [] }],
  ['/addresses/1', { addresses: ['/titles/a', 'https://elsewhere.example/titles/a'] }],
  ['/name', { name: '' }],
  ['/email', { email: 'mio at studio' }],
  ['/postalAddress', { postalAddress: '' }],
  ['/goodFaith', { goodFaith: false }],
  ['/accurate', { accurate: undefined }],
  ['/signature', { signature: ' ' }],
  ['/work', { work: 'x'.repeat(5_001) }],
])('says which part is missing or wrong: %s', async (pointer, wrong) => {
  const answer = await send({ ...notice(), ...wrong });
  expect(answer.status).toBe(400);
  const { errors } = await answer.json<ProblemDocument>();
  expect(errors!.map((error) => error.pointer)).toEqual([pointer]);
  expect((await listed()).items.filter(({ email }) => email === notice().email)).toEqual([]);
});

it('floods nobody’s mailbox', async () => {
  const { limit } = limits.notice.account;
  const answers = await Promise.all(
    Array.from({ length: limit + 2 }, (_, n) =>
      send(notice({ work: `Work ${n}` }), { 'cf-connecting-ip': `198.51.100.${n}` }),
    ),
  );
  expect(answers.filter(({ status }) => status === 201)).toHaveLength(limit);
  expect(answers.filter(({ status }) => status === 429)).toHaveLength(2);
  expect(await mailsTo(notice().email)).toHaveLength(limit);
});

it('is listed page by page, the latest first, each once; for moderators alone', async () => {
  for (let n = 0; n < 3; n += 1) await send(notice({ work: `Page ${n}` }));
  const seen: string[] = [];
  let cursor: string | null = null;
  do {
    const page = await listed(`?limit=2${cursor ? `&cursor=${encodeURIComponent(cursor)}` : ''}`);
    seen.push(...page.items.map(({ id }) => id));
    cursor = page.next;
  } while (cursor);
  expect(seen.length).toBeGreaterThanOrEqual(3);
  expect(new Set(seen).size).toBe(seen.length);
  expect(seen).toEqual((await listed('?limit=100')).items.map(({ id }) => id));
  expect((await call('GET', '/api/admin/takedown-notices', { token: await bearer('editor') })).status).toBe(
    403,
  );
});
