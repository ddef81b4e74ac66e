import { isSecure } from '../http/cookies.ts';

export { cookieValue, isSecure, setCookie } from '../http/cookies.ts';

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

/** The cookie in which Clerk, the external issuer we know best, keeps its session token on the site's own domain. */
export const EXTERNAL_COOKIE = '__session';
