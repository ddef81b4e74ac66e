/**
 * The network address that a request is counted by: an IPv4 address, or the /64 that one household has in IPv6 (RFC 6177). Cloudflare
 * writes the header itself, and takes no request that brings one. Null: this machine itself, as in development.
 */
export function addressOf(headers: Headers): string | null {
  const address = headers.get('cf-connecting-ip')?.trim().toLowerCase() ?? '';
  if (address === '' || address === '::1' || address.startsWith('127.')) return null;
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/.exec(address)?.[1]; // RFC 4291 §2.5.5.2
  if (mapped) return mapped.startsWith('127.') ? null : mapped;
  if (!address.includes(':')) return address;
  const [head = '', tail] = address.split('::');
  const groups = (text: string) => (text === '' ? [] : text.split(':'));
  const missing = tail === undefined ? 0 : 8 - groups(head).length - groups(tail).length;
  const all = [...groups(head), ...Array<string>(Math.max(0, missing)).fill('0'), ...groups(tail ?? '')];
  return `${all
    .slice(0, 4)
    .map((group) => group.replace(/^0+(?=.)/, ''))
    .join(':')}::/64`;
}
