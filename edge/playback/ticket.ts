import { Problem } from '../http/problem.ts';
import type { Platform } from '../platform/platform.ts';
import { openToken, type Ticket } from './token.ts';

/** What the token in the path says. @throws Problem `invalid-token`, for whatever is wrong with it */
export async function ticketOf(
  { secrets }: Pick<Platform, 'secrets'>,
  token: string,
  now: number,
): Promise<Ticket> {
  const ticket = await openToken(token, secrets.playbackKeys, now);
  if (!ticket)
    throw new Problem(
      'invalid-token',
      'The playback token is over or was changed. Start the episode again: POST /api/episodes/:id/hls.',
    );
  return ticket;
}
