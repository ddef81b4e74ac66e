import { LEASE_MS } from '../../schema/jobs/state.ts';
import type { TaskMessage } from '../../schema/jobs/task.ts';

/** What the transcoder said to a task: it took it, it has no room, or it could not be asked. */
export type Dispatch = 'accepted' | 'busy' | 'unreachable';
export type Transcoder = { post(message: TaskMessage): Promise<Dispatch> };

/** A container that sleeps may take most of this to start. */
const ANSWER_MS = 20_000;

/** One transcoder behind an address, or behind a Cloudflare Container's fetch. */
export const transcoder = (url: string, secret: string, fetcher: typeof fetch): Transcoder => ({
  async post(message) {
    try {
      const answer = await fetcher(`${url}/tasks`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', authorization: `Bearer ${secret}` },
        body: JSON.stringify(message),
        signal: AbortSignal.timeout(ANSWER_MS),
      });
      await answer.body?.cancel();
      if (answer.status === 202 || answer.status === 409) return 'accepted'; // 409: this attempt is already there
      return answer.status === 503 ? 'busy' : 'unreachable';
    } catch {
      return 'unreachable';
    }
  },
});

/** However long each takes to answer: the lease of the claim that is being handed over must not run out meanwhile. */
const SILENT = Math.floor(LEASE_MS / ANSWER_MS);
/** Each is a subrequest, of which a Worker has a thousand. */
const ASKED = 32;

/**
 * Several transcoders as one. Each task begins with another one, so that an episode spreads over all; one that is busy or does not
 * answer passes it on.
 */
export const spreadOver = (all: readonly Transcoder[]): Transcoder => ({
  async post(message) {
    let busy = 0;
    let silent = 0;
    const first = spread(message.taskId) + message.attempt;
    const slowest = Date.now() + LEASE_MS - ANSWER_MS - MARGIN_MS;
    while (busy + silent < Math.min(ASKED, all.length) && silent < SILENT && Date.now() < slowest) {
      const answer = await all[(first + busy + silent) % all.length]!.post(message);
      if (answer === 'accepted') return answer;
      if (answer === 'busy') busy++;
      else silent++;
    }
    return busy > 0 ? 'busy' : 'unreachable';
  },
});
const MARGIN_MS = 2_000;

/** `TRANSCODER_URL`: one address, or several with blanks or commas between. */
export const transcodersAt = (addresses: string, secret: string, fetcher: typeof fetch): Transcoder =>
  spreadOver(
    addresses
      .split(/[\s,]+/)
      .filter((address) => address !== '')
      .map((address) => transcoder(address.replace(/\/+$/, ''), secret, fetcher)),
  );

/** The part of a Durable Object namespace that is used here. */
export type Containers = { getByName(name: string): { fetch: typeof fetch } };

/** Transcoders in Cloudflare Containers: `instances` of them, by name, started when they are first asked. */
export const containerTranscoders = (containers: Containers, instances: number, secret: string): Transcoder =>
  spreadOver(
    Array.from({ length: instances }, (_, i) =>
      transcoder('http://transcoder', secret, (input, init) =>
        containers.getByName(`transcoder-${i}`).fetch(input, init),
      ),
    ),
  );

/** Any even spread of task ids will do: FNV-1a, 32 bits. */
const spread = (text: string): number => {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  return hash >>> 0;
};
