import type { Platform } from '../platform/platform.ts';

/** Names that are nobody's on the internet (RFC 6761, RFC 8375, RFC 6762), and those of clouds for their machines. */
const INSIDE = /(?:^|\.)(?:localhost|local|internal|intranet|home\.arpa|invalid|onion)$/i;
/** An IPv4 address, however it is written (WHATWG URL makes `0x7f.1` one, too), or an IPv6 one. */
const NUMBERED = /^\[|(?:^|\.)\d+$/;

/**
 * Whether we fetch something for what a VAST tag says: from the internet, encrypted, by name. Whoever writes tags chooses addresses, and
 * must not choose ours. On a local site everything is local, and that is the point of it.
 */
export function mayFetch(address: string, { settings }: Pick<Platform, 'settings'>): boolean {
  if (!URL.canParse(address)) return false;
  const url = new URL(address);
  const { protocol, username, password, port } = url;
  const hostname = url.hostname.replace(/\.$/, ''); // absolute, as DNS has it: the same name
  if (username || password) return false;
  if (new URL(settings.origin).hostname === 'localhost') return protocol === 'http:' || protocol === 'https:';
  return (
    protocol === 'https:' &&
    port === '' &&
    hostname.includes('.') &&
    !INSIDE.test(hostname) &&
    !NUMBERED.test(hostname)
  );
}
