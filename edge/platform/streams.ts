import type { Id } from '../../schema/ids.ts';
import type { LiveStream, StreamEnd } from '../../schema/problem.ts';
import type { Asked, Beat, Forgotten, Stream, Unwritten, Watched } from '../playback/leases.ts';
import type { Audience } from './audience.ts';
import type { ViewerAccount } from './viewer-account.ts';

/** What came of asking for a lease. `ended`: its rights were taken back while it began. `retryAt`: ms UTC. */
export type Begun =
  | { outcome: 'live'; watched: Watched | null }
  | { outcome: 'too-many'; streams: LiveStream[] }
  | { outcome: 'ended'; because: StreamEnd; why?: string }
  | { outcome: 'spent'; retryAt: number };

/** What came of a key request or a heartbeat. `unknown`: no such stream of this account. */
export type Touched =
  | { outcome: 'live' }
  | { outcome: 'ended'; because: StreamEnd; why?: string }
  | { outcome: 'spent'; retryAt: number }
  | { outcome: 'unknown' };

/** A stream that goes on: what is watched. */
export type Watching = { outcome: 'live' } & Pick<
  Stream,
  'titleId' | 'episodeId' | 'licenceId' | 'country' | 'audio'
>;

/**
 * Which streams of an account end: one, those of a sign-in, those of an asset, or all. Those begun after `before`, ms UTC, stay; but
 * no play of a sign-in that has ended begins any more.
 */
export type Revocation = {
  sessionId?: Id<'playback'>;
  signInId?: string;
  assetId?: Id<'asset'>;
  because: StreamEnd;
  /** For `by-staff`: what its viewer is told. */
  why?: string | undefined;
  before: number;
};

/** The streams of one account. Each call may be repeated. */
export type AccountStreams = {
  begin(asked: Asked): Promise<Begun>;
  /** A key request. The same period again costs nothing. */
  key(sessionId: Id<'playback'>, period: number): Promise<Touched>;
  heartbeat(sessionId: Id<'playback'>, beat: Beat): Promise<Touched>;
  /** Something beside the video is asked for, such as an advertisement: the lease is touched, and nothing counted. */
  aside(sessionId: Id<'playback'>): Promise<Watching | Exclude<Touched, { outcome: 'live' }>>;
  /** The latest first. */
  live(): Promise<LiveStream[]>;
  /** @returns how many ended */
  revoke(which: Revocation): Promise<number>;
  /** What was watched of late, of all the account's profiles, and does not stand in D1 yet. */
  unwritten(): Promise<Unwritten[]>;
  /** Writes all of that to D1 now. */
  settle(): Promise<void>;
  /** Where somebody was is forgotten: once this has answered, nothing of it is written to D1 any more. */
  forgetWatched(forgotten: Forgotten): Promise<void>;
  /** Everything that is kept about the account here is gone. */
  forget(): Promise<void>;
};

/** Who watches an asset. */
export type AssetAudience = {
  /**
   * From now on a revocation reaches this account's streams of the asset.
   * @returns why the rights have been taken back since `decidedAt`, when the play was decided; null: they have not
   */
  join(member: { userId: string; decidedAt: number; until: number }): Promise<StreamEnd | null>;
  /** How many accounts may go on with a play of the asset, and until when the last of them, ms UTC; null: nobody. */
  watching(): Promise<{ accounts: number; until: number } | null>;
  /** Ends every stream of the asset that was decided until now: at once, or within seconds where they are thousands. */
  revoke(assetId: Id<'asset'>, because: StreamEnd, why?: string): Promise<void>;
};

export type Streams = {
  account(userId: string): AccountStreams;
  audience(assetId: Id<'asset'>): AssetAudience;
};

const TRIES = 3;

/**
 * An object that is being moved or restarted breaks the calls it was in: those that the runtime calls retryable are made again, on a
 * fresh stub (https://developers.cloudflare.com/durable-objects/best-practices/error-handling/).
 */
export async function patiently<T>(call: () => Promise<T>): Promise<T> {
  for (let tries = 1; ; tries++)
    try {
      return await call();
    } catch (error) {
      const { retryable = false, overloaded = false } = error as {
        retryable?: boolean;
        overloaded?: boolean;
      };
      if (!retryable || overloaded || tries === TRIES) throw error;
    }
}

/** @param env the two namespaces */
export const streams = (env: Pick<Env, 'VIEWER_ACCOUNT' | 'AUDIENCE'>): Streams => ({
  account(userId) {
    const accounts = env.VIEWER_ACCOUNT as DurableObjectNamespace<ViewerAccount>;
    const call = <T>(make: (account: AccountStreams) => Promise<T>) =>
      patiently(() => make(accounts.getByName(userId)));
    return {
      begin: (asked) => call((account) => account.begin(asked)),
      key: (sessionId, period) => call((account) => account.key(sessionId, period)),
      heartbeat: (sessionId, beat) => call((account) => account.heartbeat(sessionId, beat)),
      aside: (sessionId) => call((account) => account.aside(sessionId)),
      live: () => call((account) => account.live()),
      revoke: (which) => call((account) => account.revoke(which)),
      unwritten: () => call((account) => account.unwritten()),
      settle: () => call((account) => account.settle()),
      forgetWatched: (forgotten) => call((account) => account.forgetWatched(forgotten)),
      forget: () => call((account) => account.forget()),
    };
  },
  audience(assetId) {
    const audiences = env.AUDIENCE as DurableObjectNamespace<Audience>;
    const call = <T>(make: (audience: AssetAudience) => Promise<T>) =>
      patiently(() => make(audiences.getByName(assetId)));
    return {
      join: (member) => call((audience) => audience.join(member)),
      watching: () => call((audience) => audience.watching()),
      revoke: (asset, because, why) => call((audience) => audience.revoke(asset, because, why)),
    };
  },
});
