import { hc } from 'hono/client';
import type { App } from './app.ts';

/** The API as a typed client: shapes come from the routes themselves. */
export type Client = ReturnType<typeof hc<App>>;
export const client = (
  origin: string,
  options?: { headers?: Record<string, string>; fetch?: typeof fetch },
): Client => hc<App>(origin, options);
