import { DurableObject } from 'cloudflare:workers';
import type { Id } from '../../schema/ids.ts';
import type { LiveStream, StreamEnd } from '../../schema/problem.ts';
import { spend, type Spent } from '../playback/allowance.ts';
import { GIVEN_MS, takeBack } from '../playback/given.ts';
import {
  admit,
  announced,
  begunBefore,
  decidedBefore,
  described,
  dueAt,
  end,
  give,
  hear,
  isNews,
  isForgotten,
  isOver,
  liveAmong,
  secondsOf,
  touch,
  unwrittenAmong,
  wakesAt,
  watched,
  type Asked,
  type Beat,
  type Forgotten,
  type Stream,
  type Unwritten,
  type Watched,
} from '../playback/leases.ts';
import { writeSittings } from '../playback/sittings.ts';
import { database } from './db.ts';
import { liveIndex } from './live-index.ts';
import {
  streams,
  type AccountStreams,
  type Begun,
  type Revocation,
  type Touched,
  type Watching,
} from './streams.ts';
import { complain } from './log.ts';

/** D1 that did not answer is asked again after so long, then after twice that, up to the longest. */
const FIRST_RETRY_MS = 15_000;
const LONGEST_RETRY_MS = 15 * 60_000;
/** Well before the list forgets (live-streams.ts). */
const TELL_AGAIN_MS = 10 * 60_000;
const SPENT = 'spent';
const REVOKED = 'revoked';
const SIGNED_OUT = 'signed-out';
/** Of the sign-ins that ended: what was decided just before one did is here within seconds. */
const SIGN_INS_KEPT = 50;

/**
 * The streams of one account (ADR 0046): who holds a lease, what was watched. Everything is in its storage before anybody is answered,
 * and each method does all of its changing before it waits for anything, so that calls cannot come between. What was watched goes to
 * D1 by the alarm alone: when a sitting is over, however it ended, and again later where D1 failed.
 */
export class ViewerAccount extends DurableObject<Env> implements AccountStreams {
  readonly #streams = new Map<Id<'playback'>, Stream>();
  #spent: Spent | null;
  /** When all of the account's streams were ended, last: a play that was decided before and only begins now is one of them. */
  #revoked: Pick<Revocation, 'because' | 'before'> | null;
  /** Sign-ins that ended, the latest last: none comes back, so no play of theirs begins. */
  #signedOut: readonly string[];
  /** When the alarm rings. */
  #wakesAt = Infinity;
  /** D1 did not answer: it is left alone until then, after so many failures. */
  #retryAt = 0;
  #failures = 0;
  /** What is on its way to D1. */
  #writing: Promise<void> = Promise.resolve();
  /** What the list of live streams was told last; null: not known. */
  #told: { what: string | null; at: number } = { what: null, at: 0 };
  #telling: Promise<void> = Promise.resolve();

  constructor(ctx: DurableObjectState, env: Env) {
    super(ctx, env);
    for (const [, stream] of ctx.storage.kv.list<Stream>({ prefix: 'ply_' }))
      this.#streams.set(stream.sessionId, stream);
    this.#spent = ctx.storage.kv.get<Spent>(SPENT) ?? null;
    this.#revoked = ctx.storage.kv.get<Pick<Revocation, 'because' | 'before'>>(REVOKED) ?? null;
    this.#signedOut = ctx.storage.kv.get<string[]>(SIGNED_OUT) ?? [];
    void ctx.blockConcurrencyWhile(async () => {
      this.#wakesAt = (await ctx.storage.getAlarm()) ?? Infinity;
    });
  }

  async begin(asked: Asked): Promise<Begun> {
    const now = Date.now();
    if (this.#revoked && decidedBefore(asked.startedAt, this.#revoked.before))
      return { outcome: 'ended', because: this.#revoked.because };
    if (asked.signInId !== null && this.#signedOut.includes(asked.signInId))
      return { outcome: 'ended', because: 'signed-out' };
    const answer = admit([...this.#streams.values()], asked, now);
    if (!answer.admitted)
      return 'ended' in answer
        ? { outcome: 'ended', because: answer.ended }
        : { outcome: 'too-many', streams: answer.live.map(described) };
    if (!this.#streams.has(asked.sessionId)) {
      const retryAt = this.#spend({ plays: 1 }, asked.limit, now);
      if (retryAt !== null) return { outcome: 'spent', retryAt };
    }
    for (const stream of answer.changed) this.#keep(stream);
    await this.#wake(now);
    const because = await this.#join(asked);
    return because === null
      ? { outcome: 'live', watched: this.#lastWatched(asked) }
      : { outcome: 'ended', because };
  }

  async key(sessionId: Id<'playback'>, period: number): Promise<Touched> {
    const now = Date.now();
    const touched = this.#touch(sessionId, now);
    if ('outcome' in touched) return touched;
    const again = touched.given.includes(period);
    // It extends the lease no oftener, so that it costs no write.
    if (again && touched.leasedUntil < this.#streams.get(sessionId)!.leasedUntil + GIVEN_MS)
      return { outcome: 'live' };
    const retryAt = again ? null : this.#spend({ seconds: secondsOf(touched, period) }, touched.limit, now);
    if (retryAt !== null) return { outcome: 'spent', retryAt };
    this.#keep(give(touched, period, now));
    await this.#wake(now);
    return { outcome: 'live' };
  }

  async heartbeat(sessionId: Id<'playback'>, beat: Beat): Promise<Touched> {
    const now = Date.now();
    const known = this.#streams.get(sessionId);
    if (known && !known.ended && !isNews(known, beat)) return { outcome: 'live' };
    const touched = this.#touch(sessionId, now);
    if ('outcome' in touched) return touched;
    this.#keep(hear(touched, beat, now));
    await this.#wake(now);
    return { outcome: 'live' };
  }

  async aside(sessionId: Id<'playback'>): Promise<Watching | Exclude<Touched, { outcome: 'live' }>> {
    const touched = this.#touch(sessionId, Date.now());
    if ('outcome' in touched) return touched;
    this.#keep(touched);
    await this.#wake(Date.now());
    const { titleId, episodeId, licenceId, country, audio } = touched;
    return {
      outcome: 'live',
      titleId,
      episodeId,
      licenceId,
      country,
      ...(audio === undefined ? {} : { audio }),
    };
  }

  async live(): Promise<LiveStream[]> {
    return liveAmong(this.#streams.values(), Date.now()).map(described);
  }

  async revoke({ sessionId, signInId, assetId, because, why, before }: Revocation): Promise<number> {
    const now = Date.now();
    const meant = [...this.#streams.values()].filter(
      (stream) =>
        !stream.ended &&
        now < stream.until &&
        (sessionId === undefined ? begunBefore(stream, before) : stream.sessionId === sessionId) &&
        (signInId === undefined || stream.signInId === signInId) &&
        (assetId === undefined || stream.assetId === assetId),
    );
    for (const stream of meant) this.#keep(end(stream, because, why));
    if (signInId !== undefined) this.#signOut(signInId);
    else if (sessionId === undefined && assetId === undefined && before > (this.#revoked?.before ?? 0))
      this.ctx.storage.kv.put(REVOKED, (this.#revoked = { because, before }));
    await this.#wake(now);
    return meant.length;
  }

  async unwritten(): Promise<Unwritten[]> {
    return unwrittenAmong(this.#streams.values());
  }

  async settle(): Promise<void> {
    await this.#write([...this.#streams.values()].filter(({ unwrittenSince }) => unwrittenSince !== null));
  }

  async forgetWatched(forgotten: Forgotten): Promise<void> {
    for (const stream of this.#streams.values())
      if (isForgotten(stream, forgotten)) this.#keep({ ...stream, forgottenUntil: forgotten.until });
    await this.#writing; // what was on its way is there, for whoever asked to delete
  }

  async forget(): Promise<void> {
    for (const sessionId of this.#streams.keys()) takeBack(sessionId);
    this.#announce([...this.#streams.values()][0]?.userId);
    this.#streams.clear();
    this.#spent = null;
    this.#revoked = null;
    this.#signedOut = [];
    this.#wakesAt = Infinity;
    await this.ctx.storage.deleteAlarm();
    await this.ctx.storage.deleteAll();
  }

  override async alarm(): Promise<void> {
    this.#wakesAt = Infinity;
    const now = Date.now();
    const owed = [...this.#streams.values()].filter((stream) => (dueAt(stream, now) ?? Infinity) <= now);
    try {
      await this.#write(owed);
      this.#failures = 0;
    } catch (error) {
      complain({ event: 'sittings not written', error });
      this.#retryAt = Date.now() + Math.min(LONGEST_RETRY_MS, FIRST_RETRY_MS * 2 ** this.#failures++);
      return this.#wake(now);
    }
    for (const stream of this.#streams.values()) if (isOver(stream, now)) this.#drop(stream);
    await this.#wake(now);
  }

  /** Tells D1 of these streams. What happens to one of them meanwhile is still to be told. */
  async #write(owed: readonly Stream[]): Promise<void> {
    if (owed.length === 0) return;
    const now = Date.now();
    const writing = writeSittings(database(this.env.DB), owed);
    this.#writing = Promise.allSettled([this.#writing, writing]).then(() => undefined);
    await writing;
    for (const written of owed) {
      const stream = this.#streams.get(written.sessionId);
      if (stream) this.#keep({ ...stream, unwrittenSince: stream === written ? null : now });
    }
  }

  #signOut(signInId: string): void {
    if (this.#signedOut.includes(signInId)) return;
    this.#signedOut = [...this.#signedOut, signInId].slice(-SIGN_INS_KEPT);
    this.ctx.storage.kv.put(SIGNED_OUT, this.#signedOut);
  }

  #touch(sessionId: Id<'playback'>, now: number): Stream | Exclude<Touched, { outcome: 'live' }> {
    const stream = this.#streams.get(sessionId);
    if (!stream) return { outcome: 'unknown' };
    const touched = touch([...this.#streams.values()], stream, now);
    if (typeof touched !== 'string') return touched;
    const { endedWhy: why } = stream;
    return { outcome: 'ended', because: touched, ...(why ? { why } : {}) };
  }

  /** @returns null, or when there will be something to spend again */
  #spend(cost: { plays?: number; seconds?: number }, limit: number, now: number): number | null {
    const after = spend(this.#spent, cost, limit, now);
    if ('retryAt' in after) return after.retryAt;
    this.#spent = after;
    this.ctx.storage.kv.put(SPENT, after);
    return null;
  }

  /** A takedown has to reach this stream from now on; one that came since the play was decided ends it. */
  async #join({ sessionId, userId, assetId, startedAt, until }: Asked): Promise<StreamEnd | null> {
    try {
      const member = { userId, decidedAt: startedAt, until };
      const revoked = await streams(this.env).audience(assetId).join(member);
      const stream = this.#streams.get(sessionId); // as it is by now: others were answered meanwhile
      if (stream && revoked) {
        this.#keep(end(stream, revoked));
        this.#announce();
      }
      return revoked ?? stream?.ended ?? null;
    } catch (error) {
      const stream = this.#streams.get(sessionId);
      if (stream) this.#keep({ ...stream, leasedUntil: Date.now() }); // nobody was given it: it takes no place
      this.#announce();
      throw error;
    }
  }

  /** What is newest of where this profile was in the episode, and may not be in D1 yet. */
  #lastWatched({ profileId, episodeId }: Asked): Watched | null {
    return [...this.#streams.values()]
      .filter(
        (stream) => profileId !== null && stream.profileId === profileId && stream.episodeId === episodeId,
      )
      .flatMap((stream) => watched(stream) ?? [])
      .reduce<Watched | null>((newest, next) => (newest && newest.at > next.at ? newest : next), null);
  }

  #keep(stream: Stream): void {
    this.#streams.set(stream.sessionId, stream);
    this.ctx.storage.kv.put(stream.sessionId, stream);
    if (stream.ended) takeBack(stream.sessionId);
  }

  #drop({ sessionId }: Stream): void {
    this.#streams.delete(sessionId);
    this.ctx.storage.kv.delete(sessionId);
  }

  /**
   * Tells the list of what plays now, when that changed, and now and then that it has not; after what is being done, which waits for none
   * of it. One at a time, each with what is true by then. A list that did not hear it hears it with the next change, or alarm.
   * @param userId whose; what is left of their streams says so as well
   */
  #announce(userId = [...this.#streams.values()][0]?.userId): void {
    if (userId) this.#telling = this.#telling.then(() => this.#tellIndex(userId));
  }

  async #tellIndex(userId: string): Promise<void> {
    const now = Date.now();
    const live = liveAmong(this.#streams.values(), now).map(announced);
    const what = live.map(({ sessionId }) => sessionId).join();
    if (what === this.#told.what && (what === '' || now < this.#told.at + TELL_AGAIN_MS)) return;
    try {
      await liveIndex(this.env).say(userId, live);
      this.#told = { what, at: now };
    } catch (error) {
      this.#told = { what: null, at: 0 };
      complain({ event: 'live streams not told', error });
    }
  }

  /** The alarm rings when the first stream is to be written or dropped. It is moved to an earlier time only: it looks for itself. */
  async #wake(now: number): Promise<void> {
    this.#announce();
    const times = [...this.#streams.values()].map((stream) => wakesAt(stream, now));
    if (times.length > 0) await this.#wakeAt(Math.max(now, this.#retryAt, Math.min(...times)));
  }

  async #wakeAt(time: number): Promise<void> {
    if (time >= this.#wakesAt) return;
    this.#wakesAt = time;
    await this.ctx.storage.setAlarm(time);
  }
}
