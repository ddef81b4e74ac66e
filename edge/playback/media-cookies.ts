import type { Platform } from '../platform/platform.ts';

/** Whether a host is a domain or stands below it. */
const within = (origin: string, domain: string): boolean => {
  const { hostname } = new URL(origin);
  return hostname === domain || hostname.endsWith(`.${domain}`);
};

/**
 * Whether files can be opened by cookies: the domain is set, and both the site, which sets them, and the CDN, which gets them, belong
 * to it. A player that keeps cookies asks for them; others (TVs, mpv) go by signed addresses.
 */
export const offersCookies = ({
  origin,
  cdnOrigin,
  cookieDomain: domain,
}: Pick<Platform['settings'], 'origin' | 'cdnOrigin' | 'cookieDomain'>): boolean =>
  domain !== '' && within(origin, domain) && within(cdnOrigin, domain);

/**
 * `Set-Cookie` lines that open every file under a prefix (ADR 0049). Their path is that of the asset version: plays of two do not
 * disturb each other, and the site's own pages never get them. Scripts can't read them (`HttpOnly`); the CDN has the same site, so that
 * `Strict` reaches it.
 * @param until ms UTC
 */
export function mediaCookies(
  { cdn, settings }: Pick<Platform, 'cdn' | 'settings'>,
  prefix: string,
  until: number,
  now: number,
): string[] {
  const { origin, cdnOrigin, cookieDomain } = settings;
  const [site, media] = [new URL(origin).hostname, new URL(cdnOrigin).hostname];
  // On one host, as on this machine, none is named: browsers take no `Domain=localhost`.
  const domain = site === media ? '' : `; Domain=${cookieDomain}`;
  const attributes =
    `${domain}; Path=/${prefix}; Max-Age=${Math.floor((until - now) / 1000)}; HttpOnly; SameSite=Strict` +
    (cdnOrigin.startsWith('https://') ? '; Secure' : '');
  return cdn.cookies(prefix, until).map(([name, value]) => `${name}=${value}${attributes}`);
}
