import { env } from 'cloudflare:workers';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import type {
  NewTakedownNotice,
  NoticeReceipt,
  TakedownNotice,
  TakedownNoticeDetail,
} from '../../schema/api/moderation.ts';
import type { Mail } from '../../schema/api/accounts.ts';
import type { ProblemDocument } from '../../schema/problem.ts';
import { limits } from '../http/allowances.ts';
import { episodeWith, worldWide } from '../playback/playback.fixture.ts';
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
    answeredAt: null,
    answeredBy: null,
    answer: null,
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

describe('a moderator', () => {
  const ask = async (method: string, path: string, json?: unknown) =>
    call(method, `/api/admin/takedown-notices/${path}`, { token: await bearer('moderator'), json });
  const named = async (name: string) => {
    const { episodeId } = await episodeWith(name, [worldWide]);
    const addresses = [`/titles/${name}?lang=ja`, `/watch/${episodeId}`, '/titles/nothing', '/images/a.png'];
    return { episodeId, receipt: await receiptOf(await send(notice({ addresses, work: name }))) };
  };

  it('sees what a notice names, takes it down, and the sender is told why', async () => {
    const { episodeId, receipt } = await named('noticed');
    const shown = await (await ask('GET', receipt.id)).json<TakedownNoticeDetail>();
    expect(shown.named).toEqual([
      {
        address: '/titles/noticed?lang=ja',
        titleId: 'ttl_noticed',
        episodeId: null,
        titleName: 'noticed',
        episode: null,
        takenDownAt: null,
      },
      expect.objectContaining({ episodeId, episode: '1×1', takenDownAt: null }),
    ]);
    const act = { reason: 'It is theirs', targets: [{ titleId: 'ttl_noticed', episodeId }] };
    const answers = await Promise.all([
      ask('POST', `${receipt.id}/act`, act),
      ask('POST', `${receipt.id}/act`, act),
    ]);
    expect(answers.map(({ status }) => status)).toEqual([200, 200]);
    const done = await answers[0].json<TakedownNoticeDetail>();
    expect(done).toMatchObject({ state: 'acted', answer: 'It is theirs', answeredBy: 'usr_0testmoderator' });
    expect(done.named.map(({ takenDownAt }) => takenDownAt !== null)).toEqual([false, true]);
    await vi.waitFor(async () => expect(await mailsTo(notice().email)).toHaveLength(2)); // the receipt, one answer
    const texts = (await mailsTo(notice().email)).map(({ text }) => text).join('\n');
    expect(texts).toContain('It is theirs');
    expect(await (await call('GET', `/api/takedown-notices/${receipt.id}`)).json()).toMatchObject({
      state: 'acted',
    });
    expect((await ask('POST', `${receipt.id}/reject`, { reason: 'It is not' })).status).toBe(409);
    const takedowns = await call('GET', '/api/admin/titles/ttl_noticed/takedowns', {
      token: await bearer('moderator'),
    });
    expect(await takedowns.json()).toMatchObject({
      items: [{ episodeId, reason: `It is theirs (notice ${receipt.id})` }],
    });
  });

  it('turns a notice down once, with a reason', async () => {
    const { receipt } = await named('groundless');
    expect((await ask('POST', `${receipt.id}/reject`, { reason: '' })).status).toBe(400);
    for (const reason of ['It is licensed', 'It is licensed'])
      expect((await ask('POST', `${receipt.id}/reject`, { reason })).status).toBe(200);
    const act = { reason: 'It is theirs', targets: [{ titleId: 'ttl_groundless', episodeId: null }] };
    expect((await ask('POST', `${receipt.id}/act`, act)).status).toBe(409);
    const shown = await (await ask('GET', receipt.id)).json<TakedownNoticeDetail>();
    expect(shown).toMatchObject({ state: 'rejected', answer: 'It is licensed' });
    expect(shown.named.every(({ takenDownAt }) => takenDownAt === null)).toBe(true);
    expect((await listed('?state=rejected')).items.map(({ id }) => id)).toContain(receipt.id);
    expect((await listed('?state=received')).items.map(({ id }) => id)).not.toContain(receipt.id);
  });

  it('cannot answer what is not there', async () => {
    expect((await ask('GET', 'ntc_00000000')).status).toBe(404);
    expect((await ask('POST', 'ntc_00000000/reject', { reason: 'It is not' })).status).toBe(404);
  });
});
