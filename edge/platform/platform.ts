import { adverts, type Adverts } from './adverts.ts';
import { cdn, ownFiles, type Cdn } from './cdn.ts';
import { newId, now } from './clock.ts';
import type { MasterKeys } from './content-keys.ts';
import type { Counter } from './counter.ts';
import { database, type Db } from './db.ts';
import { jobFeed, type Feed } from './feed.ts';
import { keysIn, type Keys } from './keyring.ts';
import { limiter, type Limiter } from './limiter.ts';
import { liveIndex, type LiveIndex } from './live-index.ts';
import { localMailbox, mailer, type Mailer } from './mailer.ts';
import type { LocalMailbox } from './mailbox.ts';
import { writtenDown, type Author } from './written-down.ts';
import { billingQueue, transcodeQueue, type BillingQueue, type TranscodeQueue } from './queue.ts';
import { resizer, type Resize } from './pictures.ts';
import { mediaStore, type MediaStore } from './s3.ts';
import { streams, type Streams } from './streams.ts';
import { stripePort, type StripePort } from './stripe.ts';
import { containerTranscoders, transcodersAt, type Transcoder } from './transcoder.ts';

/** Everything outside the Worker, as small typed functions; nothing is made before it is asked for. */
export interface Platform {
  readonly db: Db;
  readonly media: MediaStore;
  readonly queue: TranscodeQueue;
  /** What Stripe told us, to be worked through. */
  readonly billingQueue: BillingQueue;
  readonly stripe: StripePort;
  readonly transcoder: Transcoder;
  readonly feed: Feed;
  /** Who watches what right now. */
  readonly streams: Streams;
  /** What accounts are shown in breaks. */
  readonly adverts: Adverts;
  /** What plays over all accounts: a list for staff, as of a moment ago. */
  readonly live: LiveIndex;
  readonly limiter: Limiter;
  readonly mailer: Mailer;
  /** Where mails land on a local platform without a provider; null elsewhere. */
  readonly mailbox: LocalMailbox | null;
  /** Catalogue images and package manifests. */
  readonly bucket: R2Bucket;
  /** Makes pictures smaller. */
  readonly resize: Resize;
  readonly cdn: Cdn;
  /** What stands in it: kv.ts. */
  readonly kv: KVNamespace;
  /** The cache of this edge location. Only a Worker on its own domain has one: elsewhere nothing is kept. */
  readonly edgeCache: Cache;
  readonly settings: {
    origin: string;
    /** Of this deployment: answers and playlists that another one kept may have another shape. */
    version: string;
    /** Who serves segments: CloudFront, or the Worker (ADR 0048). */
    delivery: 'cloudfront' | 'edge';
    /** Where files come from: the CDN's address, or our own. */
    cdnOrigin: string;
    /** A domain that site and CDN share: players that keep cookies get them instead of signed addresses (ADR 0049). Empty: none. */
    cookieDomain: string;
    /** Where presigned parts are put: the dashboard's pages may connect there. */
    uploadOrigin: string;
    /** Empty: the built-in issuer. */
    authIssuer: string;
    authAudience: string;
    /** Whether staff need two-step sign-in or a passkey. With an outside issuer that is the issuer's to ask. */
    staffSecondFactor: boolean;
    /** How far lists and pages of the catalogue may be behind it, ms (ADR 0052); 0: nothing of it is kept anywhere. */
    catalogueBehindMs: number;
    /** Whom to tell of a weakness: a URI, or empty. */
    securityContact: string;
    /** Where notices of rights holders go: a URI, or empty. */
    legalContact: string;
    /** Where advertisements of VAST tags may come from: players may fetch from there. */
    adOrigins: readonly string[];
    /** How long a plan holds while a failed payment is tried again, ms. */
    graceMs: number;
  };
  readonly secrets: {
    /** Of better-auth, and of task tokens. */
    auth: string;
    authSigningKey: string;
    playbackKeys: Keys;
    contentKeys: MasterKeys;
  };
  now: () => number;
  newId: typeof newId;
}

const mailSettings = (env: Env) => ({
  origin: env.PUBLIC_ORIGIN,
  url: env.MAIL_URL,
  from: env.MAIL_FROM,
  token: env.MAIL_TOKEN,
});

const made = new WeakMap<Env, Platform>();
/** Of one set of bindings: an isolate has one. */
export function platform(env: Env): Platform {
  let outside = made.get(env);
  if (!outside) made.set(env, (outside = make(env)));
  return outside;
}

/** The same, but what is changed through its `db` is written down as the author's (ADR 0064). @param wrote told before anything is written */
export const platformOf = (env: Env, author: Author, wrote: () => void): Platform =>
  make(env, writtenDown(env.DB, author, wrote));

const cdns = new WeakMap<Env, Cdn>();
const cdnOf = (env: Env): Cdn =>
  env.DELIVERY === 'edge'
    ? ownFiles(env.PUBLIC_ORIGIN, keysIn(env.PLAYBACK_KEYS))
    : cdn({ origin: env.CDN_ORIGIN, keys: keysIn(env.CDN_KEYS) });

const stripes = new WeakMap<Env, StripePort>();
const stripeSettings = (env: Env) => ({
  api: env.STRIPE_API,
  key: env.STRIPE_SECRET_KEY,
  webhookSecrets: env.STRIPE_WEBHOOK_SECRET,
});
const DAY_MS = 86_400_000;

const make = (env: Env, d1: D1Database = env.DB): Platform => ({
  get db() {
    return database(d1);
  },
  get media() {
    return mediaStore({
      endpoint: env.S3_ENDPOINT,
      region: env.S3_REGION,
      bucket: env.MEDIA_BUCKET,
      accessKeyId: env.S3_ACCESS_KEY_ID,
      secretAccessKey: env.S3_SECRET_ACCESS_KEY,
    });
  },
  get queue() {
    return transcodeQueue(env.TRANSCODE_QUEUE);
  },
  get billingQueue() {
    return billingQueue(env.BILLING_QUEUE);
  },
  get stripe() {
    let one = stripes.get(env);
    if (!one) stripes.set(env, (one = stripePort(stripeSettings(env))));
    return one;
  },
  get transcoder() {
    return env.TRANSCODER_URL
      ? transcodersAt(env.TRANSCODER_URL, env.TRANSCODER_SECRET, fetch)
      : containerTranscoders(env.TRANSCODER, Number(env.TRANSCODER_INSTANCES), env.TRANSCODER_SECRET);
  },
  get feed() {
    return jobFeed(env.JOB_FEED);
  },
  get streams() {
    return streams(env);
  },
  get adverts() {
    return adverts(env);
  },
  get live() {
    return liveIndex(env);
  },
  get limiter() {
    const { LIMIT_AUTH: auth, LIMIT_PLAY: play, LIMIT_KEYS: keys, LIMIT_UPLOADS: uploads } = env;
    const rough = { auth, play, keys, uploads, search: env.LIMIT_SEARCH };
    return limiter(env.COUNTER as DurableObjectNamespace<Counter>, rough);
  },
  get mailer() {
    return mailer(mailSettings(env), this.mailbox, fetch);
  },
  get mailbox() {
    return localMailbox(mailSettings(env), env.KV, now);
  },
  bucket: env.BUCKET,
  kv: env.KV,
  get resize() {
    return resizer(env.IMAGES);
  },
  get cdn() {
    let one = cdns.get(env); // every playlist asks
    if (!one) cdns.set(env, (one = cdnOf(env)));
    return one;
  },
  get edgeCache() {
    return caches.default;
  },
  settings: {
    origin: env.PUBLIC_ORIGIN,
    version: env.VERSION.id,
    delivery: env.DELIVERY === 'edge' ? 'edge' : 'cloudfront',
    cdnOrigin: env.DELIVERY === 'edge' ? env.PUBLIC_ORIGIN : env.CDN_ORIGIN,
    cookieDomain: env.DELIVERY === 'edge' ? '' : env.CDN_COOKIE_DOMAIN,
    uploadOrigin: env.S3_ENDPOINT,
    authIssuer: env.AUTH_ISSUER,
    authAudience: env.AUTH_AUDIENCE,
    staffSecondFactor: env.STAFF_SECOND_FACTOR === 'required' && env.AUTH_ISSUER === '',
    catalogueBehindMs: Number(env.CATALOGUE_BEHIND_MS),
    securityContact: env.SECURITY_CONTACT,
    legalContact: env.LEGAL_CONTACT,
    adOrigins: env.AD_ORIGINS.split(/\s+/).filter(Boolean),
    graceMs: Number(env.GRACE_DAYS) * DAY_MS,
  },
  secrets: {
    auth: env.AUTH_SECRET,
    authSigningKey: env.AUTH_SIGNING_KEY,
    get playbackKeys() {
      return keysIn(env.PLAYBACK_KEYS);
    },
    get contentKeys() {
      return keysIn(env.CONTENT_KEYS);
    },
  },
  now,
  newId,
});
