import { randomBytes } from 'node:crypto';
import { SIGNATURE_MS } from '../../edge/playback/playlists.ts';
import { TOKEN_MS } from '../../edge/playback/token.ts';
import { Sentence } from '../local/sentence.ts';

/** What can be rotated, and the secret that holds it: JSON { id: key }, of which the first one signs, or is used for what is new. */
export const rotations = {
  tokens: 'PLAYBACK_KEYS',
  cdn: 'CDN_KEYS',
  content: 'CONTENT_KEYS',
} as const;
export type What = keyof typeof rotations;
export const isWhat = (text: string): text is What => Object.hasOwn(rotations, text);

/** The part of all secrets that is turned here. */
export type Rotating = { [Name in (typeof rotations)[What]]?: string | undefined } & {
  /** By secret: when the key that is first now took over, ms UTC. */
  rotatedAt: Record<string, number>;
};
type Keys = Record<string, string>;

const keysOf = (secrets: Rotating, what: What): Keys => {
  const text = secrets[rotations[what]];
  if (text === undefined) throw new Sentence(`The secrets hold no ${rotations[what]}.`);
  return JSON.parse(text) as Keys;
};
/** The order of a JSON object's names is that of writing, unless they look like numbers: ids here begin with a letter. */
const withKeys = (secrets: Rotating, what: What, keys: Keys): Rotating => ({
  ...secrets,
  [rotations[what]]: JSON.stringify(keys),
});

/** An id that says when: `k20261123T014500`. */
export const idAt = (now: number): string =>
  `k${new Date(now).toISOString().slice(0, 19).replaceAll(/[-:]/g, '')}`;
export const symmetricKey = (): string => randomBytes(32).toString('base64url');

/**
 * A new key takes over, the ones before it stay good.
 * @throws Sentence where there is one of that id already
 */
export function rotated(secrets: Rotating, what: What, id: string, key: string, now: number): Rotating {
  const keys = keysOf(secrets, what);
  if (Object.hasOwn(keys, id)) throw new Sentence(`There is a key ${id} already.`);
  const { rotatedAt } = secrets;
  return withKeys({ ...secrets, rotatedAt: { ...rotatedAt, [rotations[what]]: now } }, what, {
    [id]: key,
    ...keys,
  });
}

/** A changed secret reaches every isolate within seconds, and clocks differ. */
const SLACK_MS = 10 * 60_000;
/** How long something signed by a key can still be about after the next one took over. */
const AFTER_MS = { tokens: TOKEN_MS + SLACK_MS, cdn: SIGNATURE_MS + SLACK_MS };

/** When the keys before the first may go, ms UTC; content keys never by time. */
export const retirableAt = (secrets: Rotating, what: 'tokens' | 'cdn'): number =>
  (secrets.rotatedAt[rotations[what]] ?? 0) + AFTER_MS[what];

/**
 * A key that is not good any more.
 * @param leaked it goes at once: what it signed is refused, and players ask anew
 * @param inUse assets whose pictures need a content key
 * @throws Sentence that says why not, and what to do first
 */
export function retired(
  secrets: Rotating,
  what: What,
  id: string,
  { now, leaked = false, inUse = 0 }: { now: number; leaked?: boolean; inUse?: number },
): Rotating {
  const keys = keysOf(secrets, what);
  const ids = Object.keys(keys);
  if (!ids.includes(id)) throw new Sentence(`There is no key ${id}; there are ${ids.join(', ')}.`);
  if (ids[0] === id) throw new Sentence(`${id} is the key that is used now: rotate first, then retire it.`);
  if (what === 'content') {
    if (inUse > 0)
      throw new Sentence(
        `${inUse} assets are encrypted under ${id}. Encode them anew (upload a new version of each; it takes the new key), then retire it.`,
      );
  } else if (!leaked && now < retirableAt(secrets, what))
    throw new Sentence(
      `What ${id} signed is in use until ${new Date(retirableAt(secrets, what)).toISOString()}. Retire it then, or now with --leaked: whoever plays by it is interrupted and starts anew.`,
    );
  const { [id]: _, ...rest } = keys;
  return withKeys(secrets, what, rest);
}
