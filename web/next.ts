const ELSEWHERE = 'https://elsewhere.invalid';

/**
 * Where to go after signing in: `?next=` if it is a path on this site, else the home page.
 * An address such as `//evil.example` or `/\evil.example` is another site to a browser (WHATWG URL, "relative slash state"),
 * so what counts is where the browser's own parser would end up, not what the text looks like. A path that *becomes* such an
 * address once its dots are gone (`/.//evil.example`) is one too: what is returned will be parsed again.
 */
export function safeNext(next: string | null | undefined): string {
  if (!next?.startsWith('/') || !URL.canParse(next, ELSEWHERE)) return '/';
  const url = new URL(next, ELSEWHERE);
  const here = url.origin === ELSEWHERE && !url.pathname.startsWith('//');
  return here ? `${url.pathname}${url.search}${url.hash}` : '/';
}
