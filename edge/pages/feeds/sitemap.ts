import { xml } from './xml.ts';

/** An address of the site: its path, and when what stands there changed, ms UTC. */
export type Place = { path: string; changed: number | null };

const lastmod = (changed: number | null) =>
  changed === null ? '' : `<lastmod>${new Date(changed).toISOString()}</lastmod>`;

/** Places, each with its other languages (ADR 0061). */
export const sitemap = (
  places: readonly Place[],
  { origin, languages }: { origin: string; languages: readonly string[] },
): string =>
  [
    '<?xml version="1.0" encoding="UTF-8"?>',
    '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:xhtml="http://www.w3.org/1999/xhtml">',
    ...places.map(({ path, changed }) => {
      const address = `${origin}${path}`;
      const also = languages.map(
        (language) =>
          `<xhtml:link rel="alternate" hreflang="${language}" href="${xml(`${address}?lang=${language}`)}"/>`,
      );
      return `<url><loc>${xml(address)}</loc>${lastmod(changed)}${also.join('')}</url>`;
    }),
    '</urlset>',
    '',
  ].join('\n');

/** The file that names the others. */
export const sitemapIndex = (parts: readonly string[]): string =>
  [
    '<?xml version="1.0" encoding="UTF-8"?>',
    '<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">',
    ...parts.map((address) => `<sitemap><loc>${xml(address)}</loc></sitemap>`),
    '</sitemapindex>',
    '',
  ].join('\n');
