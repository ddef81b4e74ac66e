import { createServer, type Server, type ServerResponse } from 'node:http';
import { afterEach, describe, expect, it } from 'vitest';
import type { EncodeResult } from '../schema/jobs/task.ts';
import { Desk } from './desk.ts';
import { holdLease, type LeaseLost } from './lease.ts';
import { failureOf, fakeEdge, listen, message, shut } from './testing/rig.ts';

const closing: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

/** An edge that is asked by `holdLease`, and answers as told. */
async function edgeThat(answers: (response: ServerResponse) => void): Promise<string> {
  const server: Server = createServer((request, response) => {
    request.resume();
    answers(response);
  });
  closing.push(() => shut(server));
  return `${await listen(server)}/tsk_1`;
}

describe('a lease', () => {
  it('ends when the edge thinks so, where the edge is cut off in the middle of a heartbeat', async () => {
    const leaseMs = 600;
    let heard = 0;
    const callback = await edgeThat((response) => {
      if (heard !== 0) return; // and never answers again
      heard = Date.now();
      response.writeHead(204).end();
    });
    const lost = new Promise<LeaseLost>((resolve) => {
      // The second heartbeat is said shortly before the end.
      const lease = holdLease({ callback, token: 'token' }, resolve, { heartbeatMs: 500, leaseMs });
      closing.push(async () => lease.end());
    });
    expect((await lost).message).toBe('the edge is silent');
    expect(Date.now() - heard).toBeLessThan(leaseMs + 250); // not after a whole answer's time
  });

  it('is not made longer by asking an edge that does not answer', async () => {
    const callback = await edgeThat((response) => response.writeHead(503).end());
    const since = Date.now();
    let lostAt = 0;
    const lease = holdLease({ callback, token: 'token' }, () => (lostAt = Date.now()), {
      heartbeatMs: 50,
      leaseMs: 1_000,
    });
    await new Promise((resolve) => setTimeout(resolve, 700));
    await expect(lease.confirm()).rejects.toThrow('could not be told');
    expect(lostAt).toBeGreaterThan(0);
    expect(lostAt - since).toBeLessThan(1_400);
  });
});

describe('a result that the edge refuses', () => {
  const result: EncodeResult = { kind: 'audio', objects: [] };
  const probe = () => message({ kind: 'probe' }, { source: 'sources/film' });

  it('is a failure in the words of the edge, not a silence', async () => {
    const edge = await fakeEdge();
    closing.push(() => edge.close());
    edge.answer = ({ what }) => (what === 'complete' ? 400 : 204);
    const desk = new Desk(
      1,
      () => Promise.resolve(result),
      () => undefined,
    );
    closing.push(() => desk.stop());
    const task = probe();
    desk.accept({ ...task, callback: edge.callback(task.taskId) });
    expect(failureOf(await edge.told(task.taskId, 'fail'))).toMatchObject({
      problem: 'internal',
      retryable: true,
      detail: 'The edge refused the result. It answered 400.',
    });
  });

  it('says what was wrong with it', async () => {
    const callback = await edgeThat((response) => {
      const errors = [{ pointer: '/objects/0/bytes', detail: 'must be a number' }];
      response.writeHead(400).end(JSON.stringify({ detail: 'The body is not valid.', errors }));
    });
    const lease = holdLease({ callback, token: 'token' }, () => undefined);
    lease.end();
    await expect(lease.complete(result)).rejects.toThrow(
      'The body is not valid. /objects/0/bytes: must be a number',
    );
  });
});
