import type { Context } from 'hono';
import { getCookie } from 'hono/cookie';
import { base64url } from 'jose';
import { shortMac } from '../platform/mac.ts';
import type { AppEnv } from './context.ts';

/**
 * A browser that has signed in to an account before keeps an allowance of its own for that account, which strangers cannot use up
 * (OWASP, "Slow Down Online Guessing Attacks with Device Cookies"). The cookie holds a random name of the browser and, for each
 * account, a MAC of both: it says nothing to anybody else, and cannot be made without us.
 */
const YEAR_S = 365 * 86_400;
/** A family's browser; the account that was used longest ago is forgotten first. */
const ACCOUNTS = 6;
const ID_BYTES = 12;
const SHAPE = /^[\w-]{16}(?:\.[\w-]{22}){1,6}$/;

const isSecure = (c: Context<AppEnv>) => c.var.platform.settings.origin.startsWith('https://');
const cookieName = (c: Context<AppEnv>) => `${isSecure(c) ? '__Host-' : ''}engawa-known`;

/** The browser's name, if it has signed in to this account before. */
export async function knownDevice(c: Context<AppEnv>, account: string): Promise<string | null> {
  const { id, macs } = read(c);
  return id && macs.includes(await mac(c, id, account)) ? id : null;
}

/** After a sign-in that went all the way: this browser is known to the account from now on. */
export async function rememberDevice(c: Context<AppEnv>, account: string): Promise<void> {
  const { id = base64url.encode(crypto.getRandomValues(new Uint8Array(ID_BYTES))), macs } = read(c);
  const own = await mac(c, id, account);
  if (macs[0] === own) return;
  const value = [id, own, ...macs.filter((other) => other !== own).slice(0, ACCOUNTS - 1)].join('.');
  const secure = isSecure(c) ? '; Secure' : '';
  const line = `${cookieName(c)}=${value}; Path=/; Max-Age=${YEAR_S}; HttpOnly; SameSite=Lax${secure}`;
  c.header('set-cookie', line, { append: true });
}

function read(c: Context<AppEnv>): { id?: string; macs: string[] } {
  const value = getCookie(c, cookieName(c)) ?? '';
  if (!SHAPE.test(value)) return { macs: [] };
  const [id, ...macs] = value.split('.');
  return { ...(id ? { id } : {}), macs };
}

const mac = (c: Context<AppEnv>, id: string, account: string): Promise<string> =>
  shortMac(c.var.platform.secrets.auth, 'known device', `${id}.${account.toLowerCase()}`);
