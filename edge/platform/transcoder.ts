import type { TaskMessage } from '../../schema/jobs/task.ts';

/** What the transcoder said to a task: it took it, it has no room, or it could not be asked. */
export type Dispatch = 'accepted' | 'busy' | 'unreachable';
export type Transcoder = { post(message: TaskMessage): Promise<Dispatch> };

/** A transcoder behind an address (`TRANSCODER_URL`), or behind a Cloudflare Container's fetch. */
export const transcoder = (url: string, secret: string, fetcher: typeof fetch): Transcoder => ({
  async post(message) {
    try {
      const answer = await fetcher(`${url}/tasks`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', authorization: `Bearer ${secret}` },
        body: JSON.stringify(message),
        signal: AbortSignal.timeout(20_000),
      });
      await answer.body?.cancel();
      if (answer.status === 202 || answer.status === 409) return 'accepted'; // 409: this attempt is already there
      return answer.status === 503 ? 'busy' : 'unreachable';
    } catch {
      return 'unreachable';
    }
  },
});
