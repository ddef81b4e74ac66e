import { connect } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

export type Ask = { path: string; headers?: Record<string, string> };

/**
 * Requests a second that a server answers over some connections that stay open, each asking again as soon as it is answered (HTTP/1.1,
 * no pipelining). Plain sockets: on a small machine a real client would be the slower half.
 * @throws where an answer has another status
 */
export async function rate(
  port: number,
  asks: (n: number) => Ask,
  { connections = 16, ms = 2_000, status = 200 } = {},
): Promise<number> {
  let count = 0;
  let failed: Error | null = null;
  const from = performance.now();
  const sockets = Array.from({ length: connections }, () => {
    const socket = connect({ port, host: '127.0.0.1', noDelay: true });
    let rest: Buffer = Buffer.alloc(0);
    const ask = () => {
      const { path, headers = {} } = asks(count);
      const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
      socket.write(`GET ${path} HTTP/1.1\r\nhost: localhost\r\n${lines.join('')}\r\n`);
    };
    socket.on('connect', ask);
    socket.on('error', (error) => (failed ??= error));
    socket.on('data', (chunk: Buffer) => {
      rest = rest.length > 0 ? Buffer.concat([rest, chunk]) : chunk;
      const length = answerLength(rest);
      if (length === null || rest.length < length) return;
      if (!rest.subarray(0, 13).includes(` ${status} `))
        failed ??= new Error(rest.toString('latin1', 0, 600));
      rest = rest.subarray(length);
      count += 1;
      ask();
    });
    return socket;
  });
  await sleep(ms);
  const seconds = (performance.now() - from) / 1000;
  for (const socket of sockets) socket.destroy();
  if (failed) throw failed as Error;
  return count / seconds;
}

/** Of head and body, bytes; null: not yet known. */
function answerLength(answer: Buffer): number | null {
  const head = answer.indexOf('\r\n\r\n');
  if (head < 0) return null;
  const text = answer.toString('latin1', 0, head).toLowerCase();
  const length = /\r\ncontent-length: *(\d+)/.exec(text)?.[1];
  if (length !== undefined) return head + 4 + Number(length);
  if (!text.includes('transfer-encoding: chunked')) return head + 4;
  const end = answer.indexOf('0\r\n\r\n', head + 4);
  return end < 0 ? null : end + 5;
}
