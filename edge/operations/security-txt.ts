import { Hono } from 'hono';
import type { AppEnv } from '../http/context.ts';
import { returns } from '../http/contract.ts';
import { allow } from '../http/guards.ts';
import { Problem } from '../http/problem.ts';

const DAY_MS = 86_400_000;
/** RFC 9116 §2.5.5: it should be less than a year away. */
const GOOD_FOR_DAYS = 180;

/** Whom to tell of a weakness (RFC 9116), where the site says so (SECURITY_CONTACT). */
export const securityTxt = new Hono<AppEnv>().get(
  '/.well-known/security.txt',
  allow('anyone'),
  returns('Whom to tell of a weakness (RFC 9116)', { 200: null }),
  (c) => {
    const { settings, now } = c.var.platform;
    if (!settings.securityContact)
      throw new Problem('not-found', 'This site names nobody: set SECURITY_CONTACT.');
    const today = Math.floor(now() / DAY_MS) * DAY_MS;
    const lines = [
      `Contact: ${settings.securityContact}`,
      `Expires: ${new Date(today + GOOD_FOR_DAYS * DAY_MS).toISOString()}`,
      'Preferred-Languages: en, ja',
      `Canonical: ${settings.origin}/.well-known/security.txt`,
    ];
    return c.text(`${lines.join('\n')}\n`, 200, { 'cache-control': 'public, max-age=86400' });
  },
);
