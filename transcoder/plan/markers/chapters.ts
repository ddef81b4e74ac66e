import type { Marker } from '../../../schema/media-facts.ts';
import type { Chapter } from '../../../schema/package.ts';

type Kind = Marker['kind'];

/** What chapters are called, in the languages of the sources that we get. Letters are compared after NFKC, in lower case. */
const names: [Kind, RegExp][] = [
  [
    'opening',
    /^(nc)?op(ening)?([\s\d:：\-–_.].*)?$|^opening|オープニング|主題歌|片[头頭]|오프닝|^vorspann|^g[eé]n[eé]rique de d[eé]but|^apertura|^abertura|^sigla (iniziale|di apertura)|опенинг|заставка/,
  ],
  [
    'ending',
    /^(nc)?ed([\s\d:：\-–_.].*)?$|^ending|^(end )?credits|^outro|エンディング|片尾|엔딩|^abspann|^g[eé]n[eé]rique de fin|^cierre|^encerramento|^sigla (finale|di chiusura)|эндинг|титры/,
  ],
  [
    'preview',
    /^(next )?(episode )?preview|^next (episode|time)|^pv$|予告|次回|下集|预告|預告|예고|^vorschau|^aperçu|^prochain|^avance|^pr[oó]ximo|^anteprima|^prossimo|анонс|превью/,
  ],
  [
    'recap',
    /^recap|^previously|^last time|あらすじ|前回|前情提要|지난|^r[uü]ckblick|^was bisher|^r[eé]sum[eé]|^pr[eé]c[eé]demment|^resumen|^anteriormente|^riassunto|^resumo|ранее/,
  ],
];
/** "Intro" is the opening, unless another chapter says that it is: then it is what comes before it. */
const intro = /^(intro|イントロ)/;
/** Seconds. A "chapter" outside of this is half an episode under a careless name, or a label. */
const LEAST = 5;
const MOST = 240;

const named = (title: string, patterns: readonly [Kind, RegExp][]): Kind | null => {
  const plain = title.normalize('NFKC').toLowerCase().trim();
  if (plain.startsWith('opening scene')) return null;
  return patterns.find(([, pattern]) => pattern.test(plain))?.[0] ?? null;
};

/** The stretches that an episode's chapters name, at most one of a kind. `first` is the season's to say. */
export function chapterMarkers(chapters: readonly Chapter[]): Omit<Marker, 'first'>[] {
  const found = (patterns: readonly [Kind, RegExp][]) =>
    chapters.flatMap(({ start, end, title }) => {
      const kind = named(title, patterns);
      const fits = end - start >= LEAST && end - start <= MOST;
      return kind && fits ? [{ kind, start, end, source: 'chapters' as const }] : [];
    });
  const plain = found(names);
  const all = plain.some(({ kind }) => kind === 'opening')
    ? plain
    : [...found([['opening', intro]]), ...plain];
  return all.filter((marker, i) => all.findIndex(({ kind }) => kind === marker.kind) === i);
}
