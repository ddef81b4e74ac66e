import { createHash, createHmac, timingSafeEqual } from 'node:crypto';

export type Signed = {
  method: string;
  /** Path and query as sent. */
  url: string;
  headers: Record<string, string | string[] | undefined>;
};
export type Keys = { accessKeyId: string; secretAccessKey: string };
/** S3's own error code, or null where the signature is right. */
export type Refusal =
  | 'AccessDenied'
  | 'InvalidAccessKeyId'
  | 'SignatureDoesNotMatch'
  | 'RequestTimeTooSkewed'
  | null;

const SKEW_MS = 15 * 60_000;
const WEEK_S = 604_800; // the longest life of a presigned address

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');
const hmac = (key: string | Buffer, text: string) => createHmac('sha256', key).update(text).digest();
const encode = (text: string) =>
  encodeURIComponent(text).replaceAll(/[!'()*]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`);
const time = (stamp: string) =>
  Date.parse(stamp.replace(/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/, '$1-$2-$3T$4:$5:$6Z'));

type Claim = {
  credential: string;
  signedHeaders: string;
  signature: string;
  stamp: string;
  /** How long it is good for, ms: a presigned address says so itself. */
  life: number;
  payload: string;
};

function claimOf({ headers }: Signed, query: URLSearchParams): Claim | null {
  if (query.has('X-Amz-Signature'))
    return {
      credential: query.get('X-Amz-Credential') ?? '',
      signedHeaders: query.get('X-Amz-SignedHeaders') ?? '',
      signature: query.get('X-Amz-Signature') ?? '',
      stamp: query.get('X-Amz-Date') ?? '',
      life: Math.min(WEEK_S, Number(query.get('X-Amz-Expires') ?? 0)) * 1000,
      payload: 'UNSIGNED-PAYLOAD',
    };
  const header =
    /^AWS4-HMAC-SHA256 Credential=([^,]+), ?SignedHeaders=([^,]+), ?Signature=([0-9a-f]{64})$/.exec(
      String(headers['authorization'] ?? ''),
    );
  if (!header) return null;
  return {
    credential: header[1]!,
    signedHeaders: header[2]!,
    signature: header[3]!,
    stamp: String(headers['x-amz-date'] ?? ''),
    life: SKEW_MS,
    payload: String(headers['x-amz-content-sha256'] ?? 'UNSIGNED-PAYLOAD'),
  };
}

/**
 * Checks AWS Signature Version 4 of a request to S3, in its header or its query.
 * https://docs.aws.amazon.com/AmazonS3/latest/API/sig-v4-authenticating-requests.html
 * @param now milliseconds UTC
 */
export function refusal(request: Signed, keys: Keys, now: number): Refusal {
  const [path = '/', search = ''] = request.url.split('?', 2);
  const query = new URLSearchParams(search);
  const claim = claimOf(request, query);
  if (!claim) return 'AccessDenied';
  const [accessKeyId, date, region, service, suffix] = claim.credential.split('/');
  if (accessKeyId !== keys.accessKeyId) return 'InvalidAccessKeyId';
  if (service !== 's3' || suffix !== 'aws4_request') return 'AccessDenied';
  const signedAt = time(claim.stamp);
  if (!(signedAt < now + SKEW_MS)) return 'RequestTimeTooSkewed';
  if (now > signedAt + claim.life)
    return query.has('X-Amz-Signature') ? 'AccessDenied' : 'RequestTimeTooSkewed';

  const canonicalQuery = [...query]
    .filter(([name]) => name !== 'X-Amz-Signature')
    .map(([name, value]) => [encode(name), encode(value)] as const)
    .sort(([a, x], [b, y]) => (a === b ? (x < y ? -1 : 1) : a < b ? -1 : 1))
    .map(([name, value]) => `${name}=${value}`)
    .join('&');
  const headers = claim.signedHeaders
    .split(';')
    .map(
      (name) =>
        `${name}:${String(request.headers[name] ?? '')
          .trim()
          .replaceAll(/\s+/g, ' ')}\n`,
    )
    .join('');
  const canonical = [
    request.method,
    path
      .split('/')
      .map((part) => encode(decodeURIComponent(part)))
      .join('/'),
    canonicalQuery,
    headers,
    claim.signedHeaders,
    claim.payload,
  ].join('\n');
  const scope = `${date}/${region}/s3/aws4_request`;
  const text = ['AWS4-HMAC-SHA256', claim.stamp, scope, sha256(canonical)].join('\n');
  const key = hmac(hmac(hmac(hmac(`AWS4${keys.secretAccessKey}`, date!), region!), 's3'), 'aws4_request');
  const wanted = hmac(key, text);
  const given = Buffer.from(claim.signature, 'hex');
  return given.length === wanted.length && timingSafeEqual(given, wanted) ? null : 'SignatureDoesNotMatch';
}
