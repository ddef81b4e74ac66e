/**
 * Whether a playlist may travel as gzip. A signature in every line: 160 kB of a 24-minute episode become 2. Cloudflare does not
 * compress this content type by itself, but the runtime encodes a body whose header says so. It rewrites Accept-Encoding on
 * the way in; `cf` has the player's own.
 */
export function takesGzip({ cf, headers }: Request): boolean {
  const { clientAcceptEncoding: theirs }: Partial<IncomingRequestCfProperties> = cf ?? {};
  return /\bgzip\b/.test(theirs ?? headers.get('accept-encoding') ?? '');
}
