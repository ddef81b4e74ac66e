/** What an address on this site names: a title's page, or an episode's. A page in a language of its own names the same. */
export type Named = { slug: string } | { episodeId: string } | null;

/** @param path as a notice keeps it, with its query */
export function namedBy(path: string): Named {
  const [, slug, episodeId] =
    path.match(/^(?:\/[a-z]{2})?\/(?:titles\/([\w-]{1,200})|watch\/(ep_[0-9a-z]{4,40}))\/?(?:[?#].*)?$/) ??
    [];
  if (slug) return { slug };
  return episodeId ? { episodeId } : null;
}
