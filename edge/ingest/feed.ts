import { Hono } from 'hono';
import type { AppEnv } from '../http/context.ts';
import { returns } from '../http/contract.ts';
import { allow } from '../http/guards.ts';
import { Problem } from '../http/problem.ts';
import { refuseCrossSite } from '../http/same-origin.ts';

/** Each line is a `JobNews`; `ping` is answered with `pong`. */
export const feed = new Hono<AppEnv>().get(
  '/api/admin/jobs/feed',
  allow('editor'),
  returns(
    'A WebSocket that names each job that changes (JobNews); ask for it then, and for all after reconnecting',
    {
      101: null,
    },
  ),
  async (c) => {
    if (c.req.header('upgrade')?.toLowerCase() !== 'websocket')
      throw new Problem('invalid-request', 'This is a WebSocket: send `Upgrade: websocket`.');
    // A handshake is a GET that carries cookies and that no CORS rule holds back (RFC 6455 §10.2).
    refuseCrossSite(c.req.raw, c.var.platform.settings.origin);
    return c.var.platform.feed.connect(c.req.raw);
  },
);
