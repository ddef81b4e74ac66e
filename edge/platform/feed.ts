import type { JobNews } from '../../schema/api/media.ts';
import type { Id } from '../../schema/ids.ts';
import { complain } from './log.ts';

/** Everybody who watches jobs, told live that one of them changed. */
export type Feed = {
  /**
   * Something of a job changed. Never rejects: whoever misses a line asks again when the socket is back, and the call that
   * changed the job has succeeded already.
   */
  tell(jobId: Id<'job'>): Promise<void>;
  /** Answers a WebSocket handshake (RFC 6455 §4) with 101. */
  connect(handshake: Request): Promise<Response>;
};

/** The part of a Durable Object namespace that is used here. */
export type Feeds = { getByName(name: string): { fetch: typeof fetch } };

/** One object for all jobs: editors are few, and each of them sees every job. */
export const jobFeed = (feeds: Feeds): Feed => {
  const feed = () => feeds.getByName('all');
  return {
    async tell(jobId) {
      try {
        const answer = await feed().fetch('http://feed/', {
          method: 'POST',
          body: JSON.stringify({ jobId } satisfies JobNews),
        });
        await answer.body?.cancel();
      } catch (error) {
        complain({ event: 'feed not told', jobId, error });
      }
    },
    connect: (handshake) => feed().fetch('http://feed/', { headers: handshake.headers }),
  };
};
