import { createServer, request as ask, type IncomingMessage, type ServerResponse } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';

/** What may be done to one request: refused before the store sees it, or done with the answer lost. */
export type Meddling = 'pass' | 'refuse' | 'reset' | 'lose-answer';
export type StoreProxy = {
  port: number;
  /** Asked of every request on its way to the store. */
  meddle: (method: string, path: string) => Meddling;
  stop(): Promise<void>;
};

/** Stands between the platform and its media store. The Host header is passed on as it came: signatures cover it. */
export async function storeProxy(storePort: number): Promise<StoreProxy> {
  const server = createServer((request, response) => {
    request.on('error', () => response.destroy());
    response.on('error', () => request.destroy());
    forward(request, response);
  });
  const forward = (request: IncomingMessage, response: ServerResponse) => {
    const fate = proxy.meddle(request.method ?? '', request.url ?? '');
    if (fate === 'reset') {
      request.socket.destroy();
      return;
    }
    if (fate === 'refuse') {
      request.resume();
      response.writeHead(503, { 'retry-after': '0' }).end();
      return;
    }
    const { method, url: path, headers } = request;
    const onward = ask(
      { host: '127.0.0.1', port: storePort, method, path, headers, agent: false },
      (answer) => {
        if (fate === 'lose-answer') {
          answer.resume();
          answer.on('end', () => response.destroy());
          return;
        }
        response.writeHead(answer.statusCode ?? 502, answer.headers);
        answer.pipe(response);
      },
    );
    onward.on('error', () => response.destroy());
    request.pipe(onward);
    response.on('close', () => onward.destroy());
  };
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const proxy: StoreProxy = {
    port: (server.address() as AddressInfo).port,
    meddle: () => 'pass',
    stop: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
  return proxy;
}
