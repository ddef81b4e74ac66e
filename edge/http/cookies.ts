export const isSecure = (origin: string): boolean => origin.startsWith('https://');

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
