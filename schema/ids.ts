import * as v from 'valibot';

/** What an id names, by prefix. */
export const idPrefixes = {
  title: 'ttl',
  season: 'ssn',
  episode: 'ep',
  upload: 'upl',
  asset: 'ast',
  job: 'job',
  task: 'tsk',
  licensor: 'lsr',
  licence: 'lic',
  holdback: 'hbk',
  takedown: 'tkd',
  notice: 'ntc',
  playback: 'ply',
  user: 'usr',
  profile: 'prf',
  consent: 'cns',
  purchase: 'pur',
  subscription: 'sbn',
  price: 'prc',
  offer: 'ofr',
  checkout: 'cko',
  gift: 'gft',
  campaign: 'cmp',
  advert: 'adv',
  share: 'shr',
  statement: 'stm',
  request: 'req',
  invite: 'inv',
} as const;
export type IdKind = keyof typeof idPrefixes;
export type Id<K extends IdKind> = `${(typeof idPrefixes)[K]}_${string}`;

const ALPHABET = '0123456789abcdefghjkmnpqrstvwxyz'; // Crockford's base 32, lower case: sorts as its bits do

/**
 * A prefixed id that sorts by creation time: 10 characters of `now` (ms, 50 bits), 13 of `entropy` (65 bits).
 * Time and randomness come in as values, so that the function stays pure.
 * @param entropy at least 13 random bytes
 */
export function makeId<K extends IdKind>(kind: K, now: number, entropy: Uint8Array): Id<K> {
  if (entropy.length < 13) throw new RangeError('makeId needs 13 bytes of entropy');
  let text = '';
  for (let rest = now, i = 0; i < 10; i++, rest = Math.floor(rest / 32)) text = ALPHABET[rest % 32] + text;
  for (let i = 0; i < 13; i++) text += ALPHABET[entropy[i]! % 32];
  return `${idPrefixes[kind]}_${text}`;
}

/** A valibot schema for ids of one kind. */
export const idSchema = <K extends IdKind>(kind: K) =>
  v.pipe(
    v.string(),
    v.regex(
      new RegExp(`^${idPrefixes[kind]}_[0-9a-z]{4,40}$`),
      `must be an id that starts with ${idPrefixes[kind]}_`,
    ),
    v.transform((text) => text as Id<K>),
  );
