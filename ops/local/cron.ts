/** Production's cron runs each minute; here it comes more often, so that what waits for it does not keep a person waiting. */
const EVERY_MS = 10_000;

/** Cloudflare fires the Worker's cron by itself. `wrangler dev` has an address for it instead, and this calls it. */
export function startCron(origin: string): { stop(): void } {
  const fire = () =>
    void fetch(`${origin}/cdn-cgi/local/scheduled?cron=${encodeURIComponent('* * * * *')}`)
      .then((answer) => answer.body?.cancel())
      .catch(() => undefined); // the Worker is reloading or ending: the next turn comes
  const timer = setInterval(fire, EVERY_MS);
  return { stop: () => clearInterval(timer) };
}
