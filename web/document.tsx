import type { Theme } from './display.ts';
import manifest from './dist/.vite/assets.js';
import { shareSize } from '../schema/image-sizes.ts';
import { languages } from './i18n/i18n.ts';
import { asked, inLanguage } from './languages.ts';
import { shared } from './sizes.ts';
import { feedPath } from './viewer/calendar/address.ts';
import type { Head, Here } from './visit.ts';

/** What every page is written in, and what its first heading is. */
const faces = ['hanken-grotesk', 'newsreader'].map((face) => `web/ui/fonts/${face}-latin.woff2`);

/** The files that some source modules became, with all they import. */
export function filesOf(modules: readonly string[]): { scripts: string[]; styles: string[] } {
  const scripts = new Set<string>();
  const styles = new Set<string>();
  const add = (key: string) => {
    const chunk = manifest[key];
    if (!chunk || scripts.has(`/${chunk.file}`)) return;
    if (chunk.file.endsWith('.js')) scripts.add(`/${chunk.file}`);
    if (chunk.file.endsWith('.css')) styles.add(`/${chunk.file}`);
    for (const style of chunk.css ?? []) styles.add(`/${style}`);
    for (const imported of chunk.imports ?? []) add(imported);
  };
  modules.forEach(add);
  return { scripts: [...scripts], styles: [...styles] };
}

/** JSON inside a script element: `<` escaped, so that no text in it can end the element (HTML §4.12.1.3). */
const inScript = (value: unknown): string => JSON.stringify(value).replaceAll('<', String.raw`\u003c`);

/** `--bg`, as the browser's own bars know colours. */
const bars = { dark: '#110d0b', light: '#f9f6f2' };
const BarColours = ({ theme }: { theme: Theme }) =>
  theme === 'system' ? (
    <>
      <meta name="theme-color" content={bars.light} media="(prefers-color-scheme: light)" />
      <meta name="theme-color" content={bars.dark} media="(prefers-color-scheme: dark)" />
    </>
  ) : (
    <meta name="theme-color" content={bars[theme]} />
  );

/** The same page in every language, for search engines (ADR 0061). Without one named, the browser's own decides. */
const Languages = ({ path, absolute }: { path: string; absolute: (address: string) => string }) => (
  <>
    {languages.map((language) => (
      <link rel="alternate" hreflang={language} href={absolute(inLanguage(path, language))} />
    ))}
    <link rel="alternate" hreflang="x-default" href={absolute(path)} />
  </>
);

/** The document around everything we send. No inline script runs: the content security policy allows none. */
export function Document({
  here,
  head,
  mood,
  modules,
  wake,
  content = '',
}: {
  here: Here;
  head: Head;
  /** `cinema`: where films are shown. `desk`: where work is done. */
  mood: 'cinema' | 'desk';
  /** The entry first. */
  modules: readonly string[];
  /** What the browser needs to wake up what is to wake; data, never code. Null: plain HTML. */
  wake: unknown;
  /** HTML: what `renderToString` made. */
  content?: string;
}) {
  const { visit, t } = here;
  const { theme } = visit;
  const { scripts, styles } = filesOf(modules);
  const absolute = (address: string) => new URL(address, visit.origin).href;
  const description = head.description ?? t('site.description');
  const image = absolute(head.image ? shared(head.image) : '/share.png');
  return (
    <html lang={visit.language} data-mood={mood} data-theme={theme}>
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover" />
        <title>{head.title}</title>
        <meta name="description" content={description} />
        {/* Before any style is there: no flash of the other one. */}
        <meta name="color-scheme" content={theme === 'system' ? 'light dark' : theme} />
        {mood === 'cinema' && <BarColours theme={theme} />}
        {!head.canonical && <meta name="robots" content="noindex" />}
        {faces.map((face) => {
          const file = manifest[face]?.file;
          return (
            file && (
              <link rel="preload" href={`/${file}`} as="font" type="font/woff2" crossorigin="anonymous" />
            )
          );
        })}
        {styles.map((href) => (
          <link rel="stylesheet" href={href} />
        ))}
        {scripts.slice(1).map((href) => (
          <link rel="modulepreload" href={href} />
        ))}
        {scripts[0] && <script type="module" src={scripts[0]} />}
        <link rel="icon" href="/favicon.svg" type="image/svg+xml" />
        {head.canonical && (
          <>
            <link rel="canonical" href={absolute(inLanguage(head.canonical, asked(visit)))} />
            <meta property="og:site_name" content={t('site.name')} />
            <meta property="og:type" content={head.type ?? 'website'} />
            <meta property="og:title" content={head.title} />
            <meta property="og:description" content={description} />
            <meta property="og:url" content={absolute(inLanguage(head.canonical, asked(visit)))} />
            <meta property="og:locale" content={visit.language} />
            <meta property="og:image" content={image} />
            <meta property="og:image:width" content={String(shareSize.width)} />
            <meta property="og:image:height" content={String(shareSize.height)} />
            <meta name="twitter:card" content="summary_large_image" />
            <Languages path={head.canonical} absolute={absolute} />
            <link
              rel="alternate"
              type="application/rss+xml"
              title={here.words('pages')('feed')}
              href={absolute(feedPath)}
            />
          </>
        )}
        {head.linkedData && (
          <script
            type="application/ld+json"
            dangerouslySetInnerHTML={{ __html: inScript(head.linkedData) }}
          />
        )}
      </head>
      <body>
        <div id="app" dangerouslySetInnerHTML={{ __html: content }} />
        {wake !== null && (
          <script id="wake" type="application/json" dangerouslySetInnerHTML={{ __html: inScript(wake) }} />
        )}
      </body>
    </html>
  );
}
