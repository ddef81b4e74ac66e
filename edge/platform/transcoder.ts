import { LEASE_MS } from '../../schema/jobs/state.ts';
import type { TaskMessage } from '../../schema/jobs/task.ts';

/** What the transcoder said to a task: it took it, it has no room, or it could not be asked. */
export type Dispatch = 'accepted' | 'busy' | 'unreachable';
export type Transcoder = { post(message: TaskMessage): Promise<Dispatch> };

/** A container that sleeps may take most of this to start. */
const ANSWER_MS = 20_000;

/** A transcoder behind an address (`TRANSCODER_URL`), or behind a Cloudflare Container's fetch. */
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

/** The part of a Durable Object namespace that is used here. */
export type Containers = { getByName(name: string): { fetch: typeof fetch } };

/** However long each takes to answer: the lease of the claim that is being handed over must not run out meanwhile. */
const ASKED = Math.floor(LEASE_MS / ANSWER_MS);

/**
 * Transcoders in Cloudflare Containers: `instances` of them, by name, started when they are first asked. Each task begins with
 * another one, so that an episode spreads over all; one that is busy or does not start passes it on.
 */
export const containerTranscoders = (
  containers: Containers,
  instances: number,
  secret: string,
): Transcoder => ({
  async post(message) {
    let said: Dispatch = 'unreachable';
    const first = spread(message.taskId) + message.attempt;
    for (let i = 0; i < Math.min(ASKED, instances); i++) {
      const container = containers.getByName(`transcoder-${(first + i) % instances}`);
      const answer = await transcoder('http://transcoder', secret, (input, init) =>
        container.fetch(input, init),
      ).post(message);
      if (answer === 'accepted') return answer;
      if (answer === 'busy') said = answer;
    }
    return said;
  },
});

/** Any even spread of task ids will do: FNV-1a, 32 bits. */
const spread = (text: string): number => {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  return hash >>> 0;
};
