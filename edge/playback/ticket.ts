import type { Context } from 'hono';
import type { AppEnv } from '../http/context.ts';
import { Problem } from '../http/problem.ts';
import { openToken, type Ticket } from './token.ts';

/** What the token in the path says. @throws Problem `invalid-token`, for whatever is wrong with it */
export async function ticketOf(c: Context<AppEnv>, token: string): Promise<Ticket> {
  const { platform } = c.var;
  const ticket = await openToken(token, platform.secrets.playbackKeys, platform.now());
  if (!ticket)
    throw new Problem(
      'invalid-token',
      'The playback token is over or was changed. Start the episode again: POST /api/episodes/:id/hls.',
    );
  return ticket;
}
