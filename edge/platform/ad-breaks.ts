import { DurableObject } from 'cloudflare:workers';
import type { AdMark } from '../../schema/api/ads.ts';
import type { Id } from '../../schema/ids.ts';
import {
  countsOf,
  dueAt,
  forgottenAt,
  mark,
  show,
  within,
  type Advert,
  type Break,
  type Film,
  type Moved,
} from '../ads/adverts.ts';
import type { Counts } from '../ads/choose.ts';
import { writeAdverts } from '../ads/write-adverts.ts';
import type { AccountAdverts } from './adverts.ts';
import { database } from './db.ts';
import { complain } from './log.ts';

/** D1 that did not answer is asked again after so long, then after twice that, up to the longest. */
const FIRST_RETRY_MS = 15_000;
const LONGEST_RETRY_MS = 15 * 60_000;

/**
 * What one account is shown in breaks (ADR 0089): what was decided, so that it is the same when it is asked again, how often each campaign
 * was seen today, and what has come of each advertisement. Everything is in its storage before anybody is answered, and no method waits
 * between looking and writing. D1 is told by the alarm.
 */
export class AdBreaks extends DurableObject<Env> implements AccountAdverts {
  readonly #breaks = new Map<string, Break>();
  /** When the alarm rings. */
  #wakesAt = Infinity;
  #failures = 0;

  constructor(ctx: DurableObjectState, env: Env) {
    super(ctx, env);
    for (const [key, one] of ctx.storage.kv.list<Break>()) this.#breaks.set(key, one);
    void ctx.blockConcurrencyWhile(async () => {
      this.#wakesAt = (await ctx.storage.getAlarm()) ?? Infinity;
    });
  }

  async look(playbackId: Id<'playback'>, n: number): Promise<{ decided: Break | null; counts: Counts }> {
    const decided = this.#breaks.get(nameOf({ playbackId, n })) ?? null;
    return { decided, counts: countsOf(this.#breaks.values(), Date.now()) };
  }

  async decide(chosen: Break): Promise<Break> {
    const known = this.#breaks.get(nameOf(chosen));
    if (known) return known;
    const kept = within(chosen, this.#breaks.values(), Date.now());
    this.#keep(kept);
    await this.#wake();
    return kept;
  }

  async show(id: Id<'advert'>): Promise<{ film: Film; moved: Moved } | null> {
    const found = this.#find(id);
    if (!found) return null;
    const [own, advert] = found;
    const others = [...this.#breaks.values()].filter((one) => one !== own);
    return { film: advert.film, moved: await this.#moved(own, show(advert, own, others, Date.now())) };
  }

  async mark(id: Id<'advert'>, what: AdMark): Promise<Moved | null> {
    const found = this.#find(id);
    if (!found) return null;
    const [own, advert] = found;
    return this.#moved(own, mark(advert, own.skippable, what, Date.now()));
  }

  async forget(): Promise<void> {
    await this.#write([...this.#breaks.values()]);
    this.#breaks.clear();
    this.#wakesAt = Infinity;
    await this.ctx.storage.deleteAlarm();
    await this.ctx.storage.deleteAll();
  }

  override async alarm(): Promise<void> {
    this.#wakesAt = Infinity;
    const now = Date.now();
    try {
      await this.#write([...this.#breaks.values()].filter((one) => (dueAt(one) ?? Infinity) <= now));
      this.#failures = 0;
    } catch (error) {
      complain({ event: 'advertisements not written', error });
      return this.#wake(Date.now() + Math.min(LONGEST_RETRY_MS, FIRST_RETRY_MS * 2 ** this.#failures++));
    }
    for (const [key, one] of this.#breaks)
      if (dueAt(one) === null && forgottenAt(one) <= now) {
        this.#breaks.delete(key);
        this.ctx.storage.kv.delete(key);
      }
    await this.#wake();
  }

  #find(id: Id<'advert'>): [Break, Advert] | null {
    for (const one of this.#breaks.values())
      for (const advert of one.adverts) if (advert.id === id) return [one, advert];
    return null;
  }

  async #moved(own: Break, moved: Moved): Promise<Moved> {
    if (moved.outcome !== 'counted') return moved;
    const { advert } = moved;
    this.#keep({ ...own, adverts: own.adverts.map((one) => (one.id === advert.id ? advert : one)) });
    await this.#wake();
    return moved;
  }

  /** Tells D1 of these. What happens to one of them meanwhile is still to be told. */
  async #write(owed: readonly Break[]): Promise<void> {
    await writeAdverts(database(this.env.DB), owed);
    const told = new Set(owed.flatMap(({ adverts }) => adverts));
    for (const { playbackId, n } of owed) {
      const own = this.#breaks.get(nameOf({ playbackId, n }));
      if (!own) continue;
      const adverts = own.adverts.map((one) => (told.has(one) ? { ...one, unwrittenSince: null } : one));
      this.#keep({ ...own, adverts });
    }
  }

  #keep(one: Break): void {
    this.#breaks.set(nameOf(one), one);
    this.ctx.storage.kv.put(nameOf(one), one);
  }

  /** The alarm rings when the first break is to be written or forgotten. It is moved to an earlier time only: it looks for itself. */
  async #wake(noSooner = 0): Promise<void> {
    const times = [...this.#breaks.values()].map((one) => dueAt(one) ?? forgottenAt(one));
    if (times.length === 0) return;
    const time = Math.max(noSooner, Math.min(...times));
    if (time >= this.#wakesAt) return;
    this.#wakesAt = time;
    await this.ctx.storage.setAlarm(time);
  }
}

const nameOf = ({ playbackId, n }: Pick<Break, 'playbackId' | 'n'>) => `${playbackId} ${n}`;
