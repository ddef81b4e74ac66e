/** Names of the cookies that sign-in sets: the last one stands between its two steps. */
type CookieNames = { access: string; session: string; secondStep: string };

/**
 * `__Host-` makes the browser refuse a cookie that another host set or that plain HTTP carried (RFC 6265bis §4.1.3.2);
 * it needs `Secure`, so plain http://localhost goes without.
 */
export const cookieNames = (origin: string): CookieNames => {
  const prefix = isSecure(origin) ? '__Host-' : '';
  return {
    access: `${prefix}engawa`,
    session: `${prefix}engawa-session`,
    secondStep: `${prefix}engawa-second-step`,
  };
};
export const isSecure = (origin: string): boolean => origin.startsWith('https://');

/** The cookie in which Clerk, the external issuer we know best, keeps its session token on the site's own domain. */
export const EXTERNAL_COOKIE = '__session';

/** A `Set-Cookie` line; an empty value takes the cookie away. */
export const setCookie = (origin: string, name: string, value: string, seconds: number): string =>
  `${name}=${value}; Path=/; Max-Age=${value ? seconds : 0}; HttpOnly; SameSite=Lax${isSecure(origin) ? '; Secure' : ''}`;

/** The value of one cookie in a `Cookie` header. */
export function cookieValue(header: string | null, name: string): string | null {
  for (const pair of header?.split(';') ?? []) {
    const at = pair.indexOf('=');
    if (at > 0 && pair.slice(0, at).trim() === name) return pair.slice(at + 1).trim();
  }
  return null;
}
