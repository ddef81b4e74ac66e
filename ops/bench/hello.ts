import { Hono } from 'hono';

/** What rates are compared with: a route of one line, in the same framework and the same workerd (ops/bench/workers.ts). */
export default new Hono().get('/hello', (c) => c.text('hello'));
