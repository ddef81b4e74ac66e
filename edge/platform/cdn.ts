import { getSignedCookies, getSignedUrl } from '@aws-sdk/cloudfront-signer';
import { open, seal, type Keys } from './keyring.ts';

/** Where files are fetched from by who may fetch everything under a prefix: CloudFront, or the Worker itself. */
export interface Cdn {
  /** Of the key that signs: what another key signed has another name in the edge's cache. */
  readonly keyId: string;
  /**
   * What opens every file under a prefix, and nothing else, until a moment (ADR 0018). The same prefix and moment give the same
   * text, whoever makes it (with an RSA key: PKCS #1 v1.5 is deterministic, RFC 8017 §8.2.1).
   * @param prefix object key prefix with its trailing slash: without it `v1` would open `v10` too
   * @param until ms UTC
   */
  sign(prefix: string, until: number): Promise<string>;
  /** The address of one file under a prefix; bare with an empty signature. */
  file(prefix: string, uri: string, signature: string): string;
  /** The same as `sign`, as cookies of names and values; none where there is no such thing. */
  cookies(prefix: string, until: number): [name: string, value: string][];
}

/** `keys`: PEM by CloudFront's id of its public half, RSA 2048 or ECDSA P-256; the first one signs. */
export type CdnSettings = { origin: string; keys: Readonly<Record<string, string>> };

/** CloudFront, with a key group that trusts our keys. */
export function cdn({ origin, keys }: CdnSettings): Cdn {
  const [keyPairId, privateKey] = Object.entries(keys)[0] ?? [];
  if (keyPairId === undefined || privateKey === undefined) throw new Error('CDN_KEYS names no key');
  const signing = (prefix: string, until: number) => ({
    policy: policyOf(`${origin}/${checked(prefix)}*`, until),
    keyPairId,
    privateKey,
    algorithm: 'SHA256' as const,
  });
  return {
    keyId: keyPairId,
    sign: async (prefix, until) => new URL(getSignedUrl(signing(prefix, until))).search,
    file: (prefix, uri, signature) => `${origin}/${prefix}${uri}${signature}`,
    cookies: (prefix, until) => Object.entries(getSignedCookies(signing(prefix, until))),
  };
}

const policyOf = (resource: string, until: number) =>
  JSON.stringify({
    Statement: [
      {
        Resource: resource,
        Condition: { DateLessThan: { 'AWS:EpochTime': Math.floor(until / 1000) } },
      },
    ],
  });

function checked(prefix: string): string {
  if (!/^[A-Za-z0-9/._-]+\/$/.test(prefix)) throw new RangeError(`not a prefix to sign: ${prefix}`);
  return prefix;
}

const TYPE = 'files+jwt';

/** The Worker serves files itself: `/media/{prefix and end, signed}/{uri}` (edge/playback/file-routes.ts). */
export const ownFiles = (origin: string, keys: Keys): Cdn => ({
  keyId: Object.keys(keys)[0] ?? '',
  sign: async (prefix, until) => seal({ pfx: checked(prefix), exp: Math.floor(until / 1000) }, TYPE, keys),
  file: (_prefix, uri, signature) => `${origin}/media/${signature}/${uri}`,
  cookies: () => [],
});

/** The prefix that such an address opens; null when it is over or not ours. */
export async function openPrefix(signature: string, keys: Keys, now: number): Promise<string | null> {
  const payload = await open(signature, TYPE, keys, now);
  return typeof payload?.['pfx'] === 'string' ? payload['pfx'] : null;
}
