import { createPublicKey, verify, type KeyObject } from 'node:crypto';
import { BlockList, isIPv4 } from 'node:net';

/**
 * Signed URLs as CloudFront checks them, with a custom policy or a canned one; pure.
 * https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/private-content-signed-urls.html
 */
export type Asked = {
  /** As the viewer sent it, with scheme and host. */
  url: string;
  ip: string;
  /** The `Cookie` header; an address that is signed itself goes before. */
  cookies?: string | undefined;
};
export type TrustedKey = { id: string; publicKey: KeyObject };
/** @param pem a public key, or a private one, whose public half is meant */
export const trustedKey = (id: string, pem: string): TrustedKey => ({ id, publicKey: createPublicKey(pem) });

const SIGNING = new Set(['Policy', 'Expires', 'Signature', 'Key-Pair-Id', 'Hash-Algorithm']);
/** SHA-1 unless the address says otherwise. */
const HASHES = new Map<string | undefined, string>([
  [undefined, 'sha1'],
  ['SHA1', 'sha1'],
  ['SHA256', 'sha256'],
]);

/**
 * Why a request is not let through, or null where it is. Everything in a policy is read only after its signature holds.
 * @param now ms UTC
 */
export function refusal(
  { url, ip, cookies }: Asked,
  keys: readonly TrustedKey[],
  now: number,
): string | null {
  const { resource, signing: inAddress } = split(url);
  const signing = inAddress?.size === 0 ? fromCookies(cookies) : inAddress;
  if (!signing) return 'A signing parameter is given twice.';
  const signature = decode(signing.get('Signature'));
  if (!signature || !signing.has('Key-Pair-Id')) return 'The address is not signed.';
  const key = keys.find(({ id }) => id === signing.get('Key-Pair-Id'));
  if (!key) return 'The address is signed with a key that is not trusted.';
  const hash = HASHES.get(signing.get('Hash-Algorithm'));
  if (!hash) return 'The hash algorithm is not known.';

  const statement = signing.has('Policy')
    ? decode(signing.get('Policy'))
    : canned(resource, signing.get('Expires'));
  if (!statement) return 'The address carries no policy.';
  if (!verify(hash, statement, key.publicKey, signature)) return 'The signature does not fit the policy.';

  const policy = parse(statement);
  if (!policy) return 'The policy is not one statement with an end.';
  if (policy.resource !== undefined && !wildcard(policy.resource).test(resource))
    return 'The policy is for another address.';
  if (now >= policy.lessThan * 1000) return 'The policy has ended.';
  if (policy.greaterThan !== undefined && now <= policy.greaterThan * 1000)
    return 'The policy has yet to begin.';
  if (policy.source !== undefined && !within(policy.source, ip))
    return 'The policy is for another IP address.';
  return null;
}

/** The address without what signs it: the rest of its query belongs to the resource. */
function split(url: string): { resource: string; signing: Map<string, string> | null } {
  const at = url.indexOf('?');
  if (at < 0) return { resource: url, signing: new Map() };
  const signing = new Map<string, string>();
  const own: string[] = [];
  let twice = false;
  for (const pair of url.slice(at + 1).split('&')) {
    const [name = '', value = ''] = pair.split('=', 2);
    if (!SIGNING.has(name)) own.push(pair);
    else if (signing.has(name)) twice = true;
    else signing.set(name, value);
  }
  return {
    resource: url.slice(0, at) + (own.length > 0 ? `?${own.join('&')}` : ''),
    signing: twice ? null : signing,
  };
}

/** `CloudFront-Policy` and so on. Of two that both fit the path browsers send the one of the longer path first (RFC 6265 §5.4). */
function fromCookies(header = ''): Map<string, string> {
  const signing = new Map<string, string>();
  for (const pair of header.split(';')) {
    const [, name = '', value = ''] = /^\s*CloudFront-([A-Za-z-]+)=(\S*)\s*$/.exec(pair) ?? [];
    if (SIGNING.has(name) && !signing.has(name)) signing.set(name, value);
  }
  return signing;
}

/** Base64 with the characters that a query does not take replaced: `+` by `-`, `=` by `_`, `/` by `~`. */
function decode(text: string | undefined): Buffer | null {
  if (!text || !/^[A-Za-z0-9~_-]+$/.test(text)) return null;
  return Buffer.from(text.replaceAll('-', '+').replaceAll('_', '=').replaceAll('~', '/'), 'base64');
}

/** With `Expires` the policy is not sent: it is this one, and the whole address is its resource. */
const canned = (resource: string, expires: string | undefined): Buffer | null =>
  expires !== undefined && /^\d{1,12}$/.test(expires)
    ? Buffer.from(
        `{"Statement":[{"Resource":"${resource}","Condition":{"DateLessThan":{"AWS:EpochTime":${expires}}}}]}`,
      )
    : null;

type Policy = { resource?: string; lessThan: number; greaterThan?: number; source?: string };
function parse(statement: Buffer): Policy | null {
  try {
    const { Statement: all } = JSON.parse(statement.toString()) as {
      Statement: {
        Resource?: string;
        Condition: {
          DateLessThan: { 'AWS:EpochTime': number };
          DateGreaterThan?: { 'AWS:EpochTime': number };
          IpAddress?: { 'AWS:SourceIp': string };
        };
      }[];
    };
    const [only] = all;
    const lessThan = only?.Condition.DateLessThan['AWS:EpochTime'];
    if (all.length !== 1 || !only || typeof lessThan !== 'number') return null;
    const { Resource: resource, Condition } = only;
    const greaterThan = Condition.DateGreaterThan?.['AWS:EpochTime'];
    const source = Condition.IpAddress?.['AWS:SourceIp'];
    return {
      lessThan,
      ...(resource === undefined ? {} : { resource }),
      ...(greaterThan === undefined ? {} : { greaterThan }),
      ...(source === undefined ? {} : { source }),
    };
  } catch {
    return null;
  }
}

/** `*` is any run of characters, slashes too; `?` is exactly one. */
export const wildcard = (resource: string): RegExp =>
  new RegExp(
    `^${resource
      .replaceAll(/[.+^${}()|[\]\\]/g, String.raw`\$&`)
      .replaceAll('*', '.*')
      .replaceAll('?', '.')}$`,
    's',
  );

function within(cidr: string, ip: string): boolean {
  const [network = '', bits = '32'] = cidr.split('/');
  if (!isIPv4(network) || !isIPv4(ip)) return false;
  const list = new BlockList();
  list.addSubnet(network, Number(bits), 'ipv4');
  return list.check(ip, 'ipv4');
}
