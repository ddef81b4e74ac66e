import { DurableObject } from 'cloudflare:workers';
import type { Id } from '../../schema/ids.ts';
import type { StreamEnd } from '../../schema/problem.ts';
import { decidedBefore } from '../playback/leases.ts';
import { streams, type AssetAudience } from './streams.ts';
import { complain } from './log.ts';

/** Accounts told at once, and in one go: each is a subrequest, of which there are a thousand. */
const AT_ONCE = 50;
const IN_ONE_GO = 500;
/** Who could not be told is told again after so long: less than a key period, so that nobody keeps watching meanwhile. */
const RETRY_MS = 5_000;

type Revoked = { assetId: Id<'asset'>; because: StreamEnd; why?: string | undefined; at: number };
const REVOKED = 'revoked';

/**
 * Which accounts have streams of one asset, so that a takedown reaches them without any look at a database when a key is asked for
 * (ADR 0047). A member stays as long as its token lives: a stream that has expired may be taken up again until then.
 */
export class Audience extends DurableObject<Env> implements AssetAudience {
  readonly #sql = this.ctx.storage.sql;
  #wakesAt = Infinity;

  constructor(ctx: DurableObjectState, env: Env) {
    super(ctx, env);
    // `owed`: the revocation that this account has still to be told of, as its time; 0: none.
    this.#sql.exec(
      'CREATE TABLE IF NOT EXISTS members (user_id TEXT PRIMARY KEY, until INTEGER NOT NULL, owed INTEGER NOT NULL)',
    );
    this.#sql.exec('CREATE INDEX IF NOT EXISTS members_owed ON members (user_id) WHERE owed > 0');
    void ctx.blockConcurrencyWhile(async () => {
      this.#wakesAt = (await ctx.storage.getAlarm()) ?? Infinity;
    });
  }

  async join({ userId, decidedAt, until }: { userId: string; decidedAt: number; until: number }) {
    this.#sql.exec(
      'INSERT INTO members VALUES (?, ?, 0) ON CONFLICT DO UPDATE SET until = max(until, excluded.until)',
      userId,
      until,
    );
    await this.#wakeAt(until);
    const revoked = this.#revoked();
    return revoked && decidedBefore(decidedAt, revoked.at) ? revoked.because : null;
  }

  async watching(): Promise<{ accounts: number; until: number } | null> {
    const { accounts, until } = this.#sql
      .exec<{ accounts: number; until: number | null }>(
        'SELECT count(*) AS accounts, max(until) AS until FROM members WHERE until > ?',
        Date.now(),
      )
      .one();
    return until === null ? null : { accounts, until };
  }

  async revoke(assetId: Id<'asset'>, because: StreamEnd, why?: string): Promise<void> {
    const at = Date.now();
    this.ctx.storage.kv.put<Revoked>(REVOKED, { assetId, because, why, at });
    this.#sql.exec('UPDATE members SET owed = ?', at);
    await this.#wakeAt(at + RETRY_MS); // first, so that a restart in the middle forgets nobody
    await this.#tell();
  }

  override async alarm(): Promise<void> {
    this.#wakesAt = Infinity;
    await this.#tell();
    this.#sql.exec('DELETE FROM members WHERE until <= ?', Date.now());
    const { owed, until } = this.#sql
      .exec<{ owed: number; until: number | null }>(
        'SELECT total(owed > 0) AS owed, min(until) AS until FROM members',
      )
      .one();
    if (owed > 0) await this.#wakeAt(Date.now() + RETRY_MS);
    else if (until !== null) await this.#wakeAt(until);
  }

  /** Tells those who are owed it. Whoever cannot be told stays owed; more than fit in one go are left to an alarm at once. */
  async #tell(): Promise<void> {
    const revoked = this.#revoked();
    if (!revoked) return;
    let last = '';
    for (let asked = 0; asked < IN_ONE_GO; asked += AT_ONCE) {
      const owed = this.#sql
        .exec<{ user_id: string }>(
          'SELECT user_id FROM members WHERE owed > 0 AND user_id > ? ORDER BY user_id LIMIT ?',
          last,
          AT_ONCE,
        )
        .toArray();
      await Promise.all(owed.map(({ user_id }) => this.#tellOne(user_id, revoked)));
      if (owed.length < AT_ONCE) return;
      last = owed.at(-1)!.user_id;
    }
    await this.#wakeAt(Date.now());
  }

  async #tellOne(userId: string, { assetId, because, why, at }: Revoked): Promise<void> {
    try {
      await streams(this.env).account(userId).revoke({ assetId, because, why, before: at });
      this.#sql.exec('UPDATE members SET owed = 0 WHERE user_id = ? AND owed <= ?', userId, at);
    } catch (error) {
      complain({ event: 'account not told', userId, assetId, error });
    }
  }

  #revoked(): Revoked | null {
    return this.ctx.storage.kv.get<Revoked>(REVOKED) ?? null;
  }

  async #wakeAt(time: number): Promise<void> {
    if (time >= this.#wakesAt) return;
    this.#wakesAt = time;
    await this.ctx.storage.setAlarm(time);
  }
}
