import { env } from 'cloudflare:workers';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { isLocal, localMailbox, mailer } from './mailer.ts';

const settings = {
  origin: 'https://engawa.example.com',
  url: 'https://mail.example.com/emails',
  from: 'Engawa <no-reply@engawa.example.com>',
  token: 'provider-token',
};
const mail = { to: 'mio@private.test', subject: '123456 – Hello', text: 'Hello', html: '<p>Hello</p>' };
let lines: string[];

beforeEach(() => {
  vi.useFakeTimers();
  lines = [];
  vi.spyOn(console, 'error').mockImplementation((line: string) => void lines.push(line));
});
afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
});

/** A provider that answers so, one after the other, and what it was sent. */
function provider(...answers: (number | Error)[]) {
  const sent: Request[] = [];
  const fetcher: typeof fetch = async (input, init) => {
    sent.push(new Request(input, init));
    const next = answers.shift();
    if (next instanceof Error) throw next;
    return new Response(JSON.stringify({ said: 'about mio@private.test' }), { status: next ?? 200 });
  };
  return { sent, fetcher };
}
const send = async (fetcher: typeof fetch, given = settings) => {
  const sending = mailer(given, null, fetcher).send(mail);
  await vi.runAllTimersAsync();
  await sending;
};

it('is sent as providers take it', async () => {
  const { sent, fetcher } = provider(200);
  await send(fetcher);
  expect(sent).toHaveLength(1);
  expect(sent[0]!.method).toBe('POST');
  expect(sent[0]!.headers.get('authorization')).toBe('Bearer provider-token');
  const { to, subject, text, html } = mail;
  expect(await sent[0]!.json()).toEqual({ from: settings.from, to, subject, text, html });
  expect(lines).toEqual([]);
});

it.each([
  ['was busy', [503, 429, 200]],
  ['did not answer', [new TypeError('connection lost'), new Error('timeout'), 202]],
])('is sent again where the provider %s, as the same mail', async (_, answers) => {
  const { sent, fetcher } = provider(...answers);
  await send(fetcher);
  expect(sent).toHaveLength(3);
  expect(new Set(sent.map((request) => request.headers.get('idempotency-key'))).size).toBe(1);
  expect(lines).toEqual([]);
});

it.each([
  ['refuses it', [422], 1],
  ['stays busy', [500, 500, 500], 3],
  ['stays away', [new Error('1'), new Error('2'), new Error('mio@private.test is unreachable')], 3],
])(
  'is given up where the provider %s, and the log says so without the address',
  async (_, answers, tries) => {
    const { sent, fetcher } = provider(...answers);
    await send(fetcher);
    expect(sent).toHaveLength(tries);
    expect(lines).toHaveLength(1);
    expect(lines[0]).toContain('mail not sent');
    expect(lines[0]).not.toMatch(/mio@|provider-token|123456/);
  },
);

it('without a provider says what to set', async () => {
  const { sent, fetcher } = provider();
  await send(fetcher, { ...settings, url: '' });
  expect(sent).toEqual([]);
  expect(lines[0]).toContain('MAIL_URL');
});

it('lands in a mailbox on a local site without a provider, and nowhere else', async () => {
  const origins = (url: string, ...all: string[]) =>
    all.map((origin) => localMailbox({ ...settings, url, origin }, env.KV, Date.now) !== null);
  expect(origins('', 'http://localhost:8787', 'https://engawa.test', 'http://127.0.0.1:1')).toEqual([
    true,
    true,
    true,
  ]);
  expect(origins(settings.url, 'http://localhost:8787')).toEqual([false]);
  expect(origins('', 'https://engawa.example.com', 'https://localhost.example.com')).toEqual([false, false]);
  expect(isLocal('https://test')).toBe(false);
});

it('lies in the mailbox with the latest on top', async () => {
  let at = 1_800_000_000_000;
  const box = localMailbox({ ...settings, url: '', origin: 'https://engawa.test' }, env.KV, () => at)!;
  for (const subject of ['first', 'second', 'third']) {
    await box.put({ ...mail, subject });
    at += 1;
  }
  expect((await box.list()).map(({ subject }) => subject)).toEqual(['third', 'second', 'first']);
  expect((await box.list())[0]).toMatchObject({ to: mail.to, text: 'Hello', code: null, link: null });
});
