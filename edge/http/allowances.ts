import type { RoughLimit } from '../platform/limiter.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
type Window = { limit: number; windowMs: number };

export type Limits = {
  /** The rate-limit binding that is asked first (wrangler.toml), by address or, of somebody signed in, by account. */
  rough: RoughLimit;
  /** What it is called in a refusal: "Too many …". */
  what: string;
  /** `failures`: what succeeds gives its places back. `all`: the doing itself is what is limited. */
  counts: 'failures' | 'all';
  /** From one address of the network, whatever it is about: an IPv4 address, or an IPv6 /64. */
  address?: Window;
  /** About one account, from one address or from one browser that has signed in to it before. */
  pair?: Window;
  /** About one account, from everywhere but such browsers. */
  account?: Window;
  /** Likewise, in a day: for secrets so short that patience finds them. */
  daily?: number;
};

/**
 * Every limit, and why it is what it is (ADR 0050). Addresses stand for households, schools and, with carriers' NAT, for whole towns,
 * so what counts all is wide there; accounts are one person's, so that is where guessing ends.
 */
export const limits = {
  // NIST SP 800-63B §5.2.2 allows 100 failures in a row; 30 an hour leave a guesser nothing, and nobody mistypes 10 times in 15 minutes.
  'sign-in': {
    rough: 'auth',
    what: 'attempts to sign in',
    counts: 'failures',
    address: { limit: 50, windowMs: 10 * MINUTE },
    pair: { limit: 10, windowMs: 15 * MINUTE },
    account: { limit: 30, windowMs: HOUR },
  },
  // Each costs a hash (50 ms, 32 MB) and a mail; a school class on its first evening fits in.
  'sign-up': {
    rough: 'auth',
    what: 'new accounts from this network',
    counts: 'all',
    address: { limit: 30, windowMs: HOUR },
  },
  // What is asked for lands in somebody's mailbox, who may not have asked: five an hour are no flood.
  mail: {
    rough: 'auth',
    what: 'mails',
    counts: 'all',
    address: { limit: 30, windowMs: HOUR },
    pair: { limit: 5, windowMs: HOUR },
    account: { limit: 5, windowMs: HOUR },
  },
  // Each is kept for good and mails a receipt to an address that may be somebody else's; one may name a hundred addresses.
  notice: {
    rough: 'auth',
    what: 'takedown notices',
    counts: 'all',
    address: { limit: 30, windowMs: HOUR },
    pair: { limit: 10, windowMs: HOUR },
    account: { limit: 10, windowMs: HOUR },
  },
  // Of the codes that mails bring: six digits, good for minutes. 20 guesses an hour find one in a lifetime.
  code: {
    rough: 'auth',
    what: 'wrong codes',
    counts: 'failures',
    address: { limit: 50, windowMs: 10 * MINUTE },
    pair: { limit: 5, windowMs: 15 * MINUTE },
    account: { limit: 20, windowMs: HOUR },
  },
  // Whoever is here has the password already, so nobody else can use this up. RFC 6238 §5.2: a code of three is right at any time.
  'second-factor': {
    rough: 'auth',
    what: 'wrong codes',
    counts: 'failures',
    address: { limit: 50, windowMs: 10 * MINUTE },
    account: { limit: 10, windowMs: HOUR },
    daily: 40,
  },
  // A challenge costs a row; the page asks for one as it opens.
  challenge: {
    rough: 'auth',
    what: 'beginnings of a sign-in',
    counts: 'all',
    address: { limit: 120, windowMs: 10 * MINUTE },
  },
  // A password that is asked for again, of somebody signed in: a borrowed browser must not become a way to find it out.
  confirm: {
    rough: 'auth',
    what: 'wrong passwords',
    counts: 'failures',
    account: { limit: 10, windowMs: 15 * MINUTE },
  },
  // Tokens are good for 12 hours; a script that makes one per call is mistaken.
  token: {
    rough: 'auth',
    what: 'tokens',
    counts: 'all',
    account: { limit: 60, windowMs: HOUR },
  },
  // Four digits, tried by a child with patience: 20 a day go through them in 500 days. Who forgot it gives the password instead.
  pin: {
    rough: 'auth',
    what: 'wrong PINs',
    counts: 'failures',
    account: { limit: 5, windowMs: HOUR },
    daily: 20,
  },
  // Reads every row that names somebody.
  export: {
    rough: 'auth',
    what: 'copies of your data',
    counts: 'all',
    account: { limit: 5, windowMs: 24 * HOUR },
  },
  // Reads a file of megabytes and writes thousands of rows; each is tried first, and a household has five profiles.
  import: {
    rough: 'auth',
    what: 'imports of lists',
    counts: 'all',
    account: { limit: 40, windowMs: 24 * HOUR },
  },
  // Reads every row of a list.
  'list-export': {
    rough: 'auth',
    what: 'copies of your list',
    counts: 'all',
    account: { limit: 40, windowMs: 24 * HOUR },
  },
  // Roughly only, and only of those whose signature is wrong: Stripe’s own are as many as there are.
  webhook: { rough: 'auth', what: 'messages that nobody signed', counts: 'all' },
  // Each makes something at Stripe, which takes 25 requests a second from all of us; nobody pays for thirty things in an hour.
  checkout: {
    rough: 'auth',
    what: 'pages to pay on',
    counts: 'all',
    account: { limit: 30, windowMs: HOUR },
  },
  // Each asks Stripe, or changes something there.
  billing: {
    rough: 'auth',
    what: 'changes of what you pay for',
    counts: 'all',
    account: { limit: 120, windowMs: HOUR },
  },
  // Of gift codes: 60 bits, so that guessing is hopeless; this keeps it from being tried on our costs.
  gift: {
    rough: 'auth',
    what: 'gift codes',
    counts: 'all',
    address: { limit: 120, windowMs: HOUR },
    account: { limit: 20, windowMs: HOUR },
  },
  // Roughly only: a play is one round trip to D1, and streams are counted by their leases.
  play: { rough: 'play', what: 'plays', counts: 'all' },
  // Roughly only: a key is good for a minute of film, and each key has its place in a budget behind this.
  keys: { rough: 'keys', what: 'keys', counts: 'all' },
  // Roughly only: parts are asked for in lots, and every file that is sent costs its sender more.
  uploads: { rough: 'uploads', what: 'requests about uploads', counts: 'all' },
  // Roughly only: a search is one round trip to D1 that reads a few hundred rows. One asks with every letter, and a school is one address.
  search: { rough: 'search', what: 'searches', counts: 'all' },
} as const satisfies Record<string, Limits>;

export type Purpose = keyof typeof limits;
