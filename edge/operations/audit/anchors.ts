import { CompactSign, calculateJwkThumbprint, compactVerify, importJWK, type JWK } from 'jose';
import { eq } from 'drizzle-orm';
import * as v from 'valibot';
import type { Anchor } from '../../../schema/audit-chain.ts';
import { auditSeals } from '../../../schema/db/audit.ts';
import { complain } from '../../platform/log.ts';
import type { Platform } from '../../platform/platform.ts';
import { head, sealEntries } from './seal.ts';

// The head of the chain, signed and kept in R2, so that who can rewrite the database cannot rewrite the past unseen: a chain that was
// made anew is not the one that was signed. One object a day, which moves along with the chain through that day (ADR 0064).

const FOLDER = 'audit/anchors/';
/** How far today's anchor may be behind the chain. */
const BEHIND_MS = 3_600_000;
/** Nothing else that the same key signs is taken for one: access tokens have an audience and an end. */
const TYPE = 'engawa-audit-anchor';

const AnchorPayload = v.object({ seq: v.number(), hash: v.string(), at: v.number() });
type Signer = Pick<Platform, 'secrets'>;
const keyId = ({ secrets }: Signer): Promise<string> =>
  calculateJwkThumbprint(JSON.parse(secrets.authSigningKey) as JWK);
/** A key of its own for each signing key: after a rotation the day has another anchor, and the one before is as it was. */
const objectOf = async (signer: Signer, now: number): Promise<string> =>
  `${FOLDER}${new Date(now).toISOString().slice(0, 10)}-${(await keyId(signer)).slice(0, 8)}.jws`;

const signed = async (signer: Signer, anchor: Anchor): Promise<string> =>
  new CompactSign(new TextEncoder().encode(JSON.stringify(anchor)))
    .setProtectedHeader({ alg: 'ES256', kid: await keyId(signer), typ: TYPE })
    .sign(await importJWK(JSON.parse(signer.secrets.authSigningKey) as JWK, 'ES256'));

/** What an anchor of ours says. @throws jose's errors, ValiError: not one that our present key signed */
async function anchorIn({ secrets }: Signer, jws: string): Promise<Anchor> {
  const { kty, crv, x, y } = JSON.parse(secrets.authSigningKey) as JWK;
  const { payload } = await compactVerify(
    jws,
    await importJWK({ kty: kty!, crv: crv!, x: x!, y: y! }, 'ES256'),
  );
  return v.parse(AnchorPayload, JSON.parse(new TextDecoder().decode(payload)));
}

/** The day's anchor, if there is a head that it is to move to. An anchor that the chain does not agree with stays, for whoever looks into it. */
async function anchorHead(platform: Platform): Promise<void> {
  const { db, bucket, now } = platform;
  const last = await head(db);
  if (!last) return;
  const key = await objectOf(platform, now());
  const stored = await bucket.get(key);
  if (stored) {
    const before = await anchorIn(platform, await stored.text());
    if (before.seq === last.seq || now() - before.at < BEHIND_MS) return;
    const [seal] = await db.select().from(auditSeals).where(eq(auditSeals.seq, before.seq));
    if (seal?.hash !== before.hash) {
      complain({ event: 'audit log rewritten', seq: before.seq, anchor: key });
      return;
    }
  }
  await bucket.put(key, await signed(platform, { ...last, at: now() }));
}

/** Run by cron: seals what broke off after a change, and signs the head. */
export async function sweepAudit(platform: Platform): Promise<void> {
  await sealEntries(platform);
  await anchorHead(platform);
}

/** Every anchor, oldest first, as it was signed. There is one a day, so a few lists of R2 (1,000 a list) hold those of years. */
export async function* anchors({
  bucket,
}: Pick<Platform, 'bucket'>): AsyncGenerator<{ key: string; jws: string }> {
  for (let cursor: string | undefined, more = true; more;) {
    const list = await bucket.list({ prefix: FOLDER, ...(cursor ? { cursor } : {}) });
    for (const { key } of list.objects) {
      const object = await bucket.get(key);
      if (object) yield { key, jws: await object.text() };
    }
    more = list.truncated;
    cursor = list.truncated ? list.cursor : undefined;
  }
}

/** Today's anchor, or the last before it within a week; null: there is none. */
export async function lastAnchor(platform: Platform): Promise<Anchor | null> {
  const DAY = 86_400_000;
  for (let day = 0; day < 7; day++) {
    const stored = await platform.bucket.get(await objectOf(platform, platform.now() - day * DAY));
    if (stored) return anchorIn(platform, await stored.text());
  }
  return null;
}
