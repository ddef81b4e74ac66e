/** Texts that are the same for many viewers, kept in the edge's cache of this location. Losing one costs a rebuild only. */
export type EdgeCache = {
  /** @param make the text and how long it stays true, ms; null: there is none, and nothing is kept */
  text(key: string, make: () => Promise<{ text: string; forMs: number } | null>): Promise<string | null>;
};

/**
 * @param at our own origin and deployment: keys are addresses (Cache API), under a path that no route and no file has. What another
 * deployment kept may have another shape
 * @param later keeps the Worker alive until something is done, without making the viewer wait
 */
export const edgeCache = (
  cache: Cache,
  { origin, version }: { origin: string; version: string },
  later: (work: Promise<unknown>) => void,
): EdgeCache => ({
  async text(key, make) {
    const address = `${origin}/.edge-cache/${version}/${key}`;
    const hit = await cache.match(address);
    if (hit) return hit.text();
    const made = await make();
    if (!made) return null;
    const seconds = Math.floor(made.forMs / 1000);
    if (seconds > 0)
      later(
        cache.put(
          address,
          new Response(made.text, { headers: { 'cache-control': `public, max-age=${seconds}` } }),
        ),
      );
    return made.text;
  },
});
