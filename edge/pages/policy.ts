import type { Platform } from '../platform/platform.ts';

/** What differs between pages: the player's controls, and the uploads of the dashboard. */
export type PolicyFor = 'reading' | 'watching' | 'dashboard';

/**
 * The Content-Security-Policy of a page (CSP Level 3). Scripts come from our own files only: no inline script, no eval, and so no
 * nonce either, which would be one more thing to let through (ADR 0051).
 * `watching` allows inline *styles*: the controls library styles its shadow roots with <style> elements (ADR 0021). It allows a worker of
 * ours to compile WebAssembly: typeset subtitles are drawn by libass (ADR 0059); that is no eval of JavaScript (CSP Level 3, §4.4).
 */
export function contentSecurityPolicy(
  page: PolicyFor,
  {
    origin,
    cdnOrigin,
    uploadOrigin,
    adOrigins,
  }: Pick<Platform['settings'], 'origin' | 'cdnOrigin' | 'uploadOrigin' | 'adOrigins'>,
): string {
  const watching = page === 'watching';
  const dashboard = page === 'dashboard';
  // Editors watch what is encoded so far, in the dashboard.
  const plays = watching || dashboard;
  const rules: Record<string, (string | false)[]> = {
    'default-src': ["'none'"],
    'script-src': ["'self'", watching && "'wasm-unsafe-eval'"],
    'style-src': ["'self'", watching && "'unsafe-inline'"],
    // Stills of an episode's versions, and pictures of the seek bar, come straight from the CDN.
    'img-src': ["'self'", 'data:', dashboard && 'blob:', plays && origin, plays && cdnOrigin],
    'font-src': ["'self'"],
    // Playlists are named by the site's own absolute address, which may not be the one in the address bar.
    'connect-src': [
      "'self'",
      plays && origin,
      plays && cdnOrigin,
      dashboard && uploadOrigin,
      // Advertisements that a VAST tag names come from these, and nothing else does.
      ...(watching ? adOrigins : []),
    ],
    // hls.js makes its text tracks from an empty `data:` file.
    'media-src': plays ? ["'self'", 'blob:', 'data:', cdnOrigin, ...(watching ? adOrigins : [])] : ["'none'"],
    // The dashboard hashes what it uploads in one.
    'worker-src': [watching || dashboard ? "'self'" : "'none'"],
    'form-action': ["'self'"],
    'base-uri': ["'none'"],
    'frame-ancestors': ["'none'"],
  };
  if (origin.startsWith('https://')) rules['upgrade-insecure-requests'] = [];
  return Object.entries(rules)
    .map(([name, sources]) => [name, ...sources.filter((source) => source !== false)].join(' '))
    .join('; ');
}
