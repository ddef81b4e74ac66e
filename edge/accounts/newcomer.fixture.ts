import { vi, expect } from 'vitest';
import type { Mail, Mailbox } from '../../schema/api/accounts.ts';
import { call, type CallInit } from '../testing/call.ts';

export const password = 'correct horse battery';

/** The `name=value` pairs that an answer leaves in a browser that had `before`. */
export function cookiesAfter(answer: Response, before = ''): string {
  const jar = new Map(
    before
      .split('; ')
      .filter(Boolean)
      .map((pair) => pair.split('=', 2) as [string, string]),
  );
  for (const line of answer.headers.getSetCookie()) {
    const [pair = ''] = line.split(';');
    const at = pair.indexOf('=');
    if (/max-age=0\b/i.test(line)) jar.delete(pair.slice(0, at));
    else jar.set(pair.slice(0, at), pair.slice(at + 1));
  }
  return [...jar].map(([name, value]) => `${name}=${value}`).join('; ');
}

/** A browser: it keeps its cookies, and says what it is. */
export class Browser {
  cookie = '';
  readonly headers: Record<string, string>;
  constructor(headers: Record<string, string> = {}) {
    this.headers = headers;
  }
  async ask(method: string, path: string, json?: unknown): Promise<Response> {
    const init: CallInit = { headers: { ...this.headers, cookie: this.cookie } };
    const answer = await call(method, path, json === undefined ? init : { ...init, json });
    this.cookie = cookiesAfter(answer, this.cookie);
    return answer;
  }
  post(path: string, json?: unknown): Promise<Response> {
    return this.ask('POST', path, json);
  }
  signIn(email: string, given = password): Promise<Response> {
    return this.post('/api/auth/sign-in', { email, password: given });
  }
}

/** Mails to an address, the latest first, as soon as there are as many; they are sent after the answer. */
export async function mailsTo(to: string, count = 1): Promise<Mail[]> {
  return vi.waitFor(async () => {
    const answer = await call('GET', `/api/mailbox?to=${encodeURIComponent(to)}`);
    const { items } = await answer.json<{ items: Mail[] } & typeof Mailbox>();
    expect(items.length).toBeGreaterThanOrEqual(count);
    return items;
  }, 5_000);
}
/** The code of the latest of so many mails. */
export const codeTo = async (to: string, count = 1): Promise<string> => (await mailsTo(to, count))[0]!.code!;

/** Somebody who signed up and in, and confirmed their address if asked to. */
export async function newcomer(
  email: string,
  { verified = true, headers = {} }: { verified?: boolean; headers?: Record<string, string> } = {},
): Promise<Browser> {
  const browser = new Browser(headers);
  expect((await browser.post('/api/auth/sign-up', { name: 'Mio', email, password })).status).toBe(202);
  expect((await browser.signIn(email)).status).toBe(200);
  if (verified)
    expect((await browser.post('/api/me/email/verify', { code: await codeTo(email) })).status).toBe(200);
  return browser;
}

export const problemOf = async (answer: Response): Promise<string> =>
  (await answer.json<{ code: string }>()).code;

/** What an app shows for a secret at a time, ms UTC (RFC 6238, RFC 4226 §5.3). */
export async function appCode(secret: string, at: number): Promise<string> {
  const bits = Array.from(secret.replaceAll('=', ''), (letter) =>
    'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.indexOf(letter).toString(2).padStart(5, '0'),
  ).join('');
  const bytes = Uint8Array.from(bits.match(/.{8}/g)!, (byte) => Number.parseInt(byte, 2));
  const key = await crypto.subtle.importKey('raw', bytes, { name: 'HMAC', hash: 'SHA-1' }, false, ['sign']);
  const counter = new DataView(new ArrayBuffer(8));
  counter.setBigUint64(0, BigInt(Math.floor(at / 30_000)));
  const mac = new DataView(await crypto.subtle.sign('HMAC', key, counter.buffer));
  const offset = mac.getUint8(19) & 0xf;
  return String((mac.getUint32(offset) & 0x7fffffff) % 1_000_000).padStart(6, '0');
}
