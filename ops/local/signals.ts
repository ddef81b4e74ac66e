import { killAll } from './child.ts';

/**
 * Ctrl-C reaches a whole process group, and npm and the runner pass it on as well: one press can arrive three times.
 * Only what comes later than this is somebody pressing again.
 */
const ECHO_MS = 1_000;

/** Aborted by the first signal that asks to stop, or when the runner that started this process is gone. A second press kills. */
export function stopSignal(): AbortSignal {
  const stop = new AbortController();
  let first = 0;
  const ask = () => {
    const now = performance.now();
    if (!first) {
      first = now;
      stop.abort();
    } else if (now - first > ECHO_MS) {
      killAll();
      process.exit(130);
    }
  };
  for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(name, ask);
  // ops/run.mjs names itself; killed, it cannot pass on anything.
  const runner = Number(process.env['ENGAWA_RUNNER']);
  if (runner && runner === process.ppid)
    setInterval(() => {
      if (process.ppid !== runner && !stop.signal.aborted) ask();
    }, 1_000).unref();
  return stop.signal;
}
