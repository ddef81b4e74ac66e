import * as v from 'valibot';

/*
 * Everything that stands in KV: what its keys begin with, how long it stays, s. KV answers fast everywhere and may be a minute behind
 * (https://developers.cloudflare.com/kv/concepts/how-kv-works/): nothing is decided by what stands here alone.
 */

/** Mails of a local platform, under `mail:<newest first>` (mailbox.ts). */
export const MAIL = { prefix: 'mail:', seconds: 86_400 };

/** Answers that nearly every visit asks for, under `answer:<SHA-256 of what they are an answer to>` (kept.ts). */
export const ANSWER = { prefix: 'answer:', seconds: 7 * 86_400 };
/** `generation`: of the catalogue, when it was made: for any other it is worth nothing. `until`: how long it is good at the longest. */
export const KeptSnapshot = v.object({
  generation: v.number(),
  /** ms UTC. */
  until: v.number(),
  etag: v.string(),
  type: v.string(),
  text: v.string(),
});
