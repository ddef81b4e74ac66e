import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { unstable_readConfig } from 'wrangler';

// Addresses under /hls hold playback tokens (docs/adr/0017): the platform itself may write no line a request.
describe.each([undefined, 'production'])('the platform’s own logs, environment %s', (env) => {
  const config = fileURLToPath(new URL('../../wrangler.toml', import.meta.url));
  const {
    observability,
    logpush,
    tail_consumers: tails,
  } = unstable_readConfig({ config, env }, { hideWarnings: true });

  it('keep what we write', () => {
    expect(observability?.enabled).toBe(true);
    expect(observability?.logs?.enabled).toBe(true);
  });
  it('name no address that was asked for', () => {
    expect(observability?.logs?.invocation_logs).toBe(false);
    expect(observability?.traces?.enabled ?? false).toBe(false); // spans name addresses as well
    expect(logpush ?? false).toBe(false);
    expect(tails ?? []).toEqual([]);
  });
});
