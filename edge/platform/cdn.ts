import { getSignedUrl } from '@aws-sdk/cloudfront-signer';

/** The CDN that serves segments: CloudFront, with a key group that trusts our key. */
export interface Cdn {
  /**
   * The query that opens every file under a prefix, and nothing else, until a moment: one custom policy with a wildcard
   * (ADR 0018). The same prefix and moment give the same bytes (RSA PKCS #1 v1.5 is deterministic, RFC 8017 §8.2.1).
   * @param prefix object key prefix with its trailing slash: without it `v1` would open `v10` too
   * @param until ms UTC
   */
  sign(prefix: string, until: number): string;
  /** The address of one file under a prefix. */
  file(prefix: string, uri: string, signature: string): string;
}

export type CdnSettings = { origin: string; keyId: string; privateKey: string };

export const cdn = ({ origin, keyId, privateKey }: CdnSettings): Cdn => ({
  sign(prefix, until) {
    if (!/^[A-Za-z0-9/._-]+\/$/.test(prefix)) throw new RangeError(`not a prefix to sign: ${prefix}`);
    const policy = JSON.stringify({
      Statement: [
        {
          Resource: `${origin}/${prefix}*`,
          Condition: { DateLessThan: { 'AWS:EpochTime': Math.floor(until / 1000) } },
        },
      ],
    });
    return new URL(getSignedUrl({ policy, keyPairId: keyId, privateKey, algorithm: 'SHA256' })).search;
  },
  file: (prefix, uri, signature) => `${origin}/${prefix}${uri}${signature}`,
});
