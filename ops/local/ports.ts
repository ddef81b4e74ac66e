import { createServer } from 'node:net';

/** The ports of a platform whose Worker listens on `first`: five, and one more for each further transcoder. */
export const portsFrom = (first: number, transcoders = 1) => ({
  site: first,
  cdn: first + 1,
  store: first + 2,
  stripe: first + 3,
  transcoders: Array.from({ length: transcoders }, (_, i) => first + 4 + i),
});
export type Ports = ReturnType<typeof portsFrom>;

const listen = (port: number, host: string): Promise<number> =>
  new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen({ port, host, exclusive: true }, () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address ? address.port : port));
    });
  });

/** A port that nobody uses right now. */
export const freePort = (): Promise<number> => listen(0, '127.0.0.1');

/** The first of these ports that cannot be had, or null. `localhost` may mean either loopback address, so both must be free. */
export async function takenPort(ports: Ports): Promise<number | null> {
  for (const port of Object.values(ports).flat())
    for (const host of ['127.0.0.1', '::1']) {
      const error = await listen(port, host).then(
        () => null,
        (error: NodeJS.ErrnoException) => error,
      );
      // A machine without IPv6 answers EADDRNOTAVAIL or EAFNOSUPPORT for ::1.
      if (error?.code === 'EADDRINUSE' || error?.code === 'EACCES') return port;
    }
  return null;
}
