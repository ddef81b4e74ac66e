import type { Engine } from './engine.ts';
import { make, makeButton } from './make.ts';
import type { Stage } from './stage.ts';
import { whyThis } from './why.ts';

/** How often it looks, ms. */
const EVERY_MS = 1_000;

export type Why = { toggle: () => void };

/** “Why this quality”: what is shown, what decided that, and what the line and the machine make of it. */
export function makeWhy(
  { root, video, words: { t, language } }: Stage,
  engine: () => Engine | null,
  maxHeight: () => number | null,
  signal: AbortSignal,
): Why {
  const box = make('section', 'why');
  box.setAttribute('aria-label', t('why.title'));
  const list = make('dl', '');
  const close = makeButton('button--outline', t('close'), () => toggle());
  box.append(make('h2', '', t('why.title')), list, close);
  let timer: ReturnType<typeof setInterval> | undefined;
  const number = (value: number, unit: string, digits = 1) =>
    new Intl.NumberFormat(language, { style: 'unit', unit, maximumFractionDigits: digits }).format(value);
  const rate = (bits: number) => number(bits / 1e6, 'megabit-per-second');
  const look = () => {
    const now = engine();
    const watched = now?.watched() ?? null;
    const rung = watched?.qualities.find(({ id }) => id === watched.shown);
    const most = maxHeight();
    const { droppedVideoFrames: dropped, totalVideoFrames: total } = video.getVideoPlaybackQuality();
    const rows: [string, string][] = [
      [
        t('why.shown'),
        rung
          ? `${rung.width}×${rung.height}, ${rate(rung.bitrate)}`
          : `${video.videoWidth}×${video.videoHeight}`,
      ],
      ...(watched && now
        ? ([[t('why.because'), t(`why.${whyThis(watched, now.quality !== null)}`)]] as [string, string][])
        : []),
      ...(most === null
        ? []
        : ([[t('why.allowed'), t('why.upTo', { height: String(most) })]] as [string, string][])),
      [
        t('why.player'),
        `${Math.round(video.clientWidth * devicePixelRatio)}×${Math.round(video.clientHeight * devicePixelRatio)}`,
      ],
      [t('why.bandwidth'), watched?.bandwidth ? rate(watched.bandwidth) : '–'],
      [t('why.buffer'), number(bufferAhead(video), 'second')],
      [t('why.dropped'), `${dropped.toLocaleString(language)} / ${total.toLocaleString(language)}`],
      ...(watched?.codec ? ([[t('why.codec'), watched.codec]] as [string, string][]) : []),
    ];
    list.replaceChildren(
      ...rows.map(([term, text]) => make('div', '', make('dt', '', term), make('dd', '', text))),
    );
  };
  const toggle = () => {
    clearInterval(timer);
    if (box.isConnected) return box.remove();
    look();
    timer = setInterval(look, EVERY_MS);
    root.append(box);
  };
  signal.addEventListener('abort', () => {
    clearInterval(timer);
    box.remove();
  });
  return { toggle };
}

/** Seconds that play on without another byte. */
export function bufferAhead({
  buffered,
  currentTime,
}: Pick<HTMLMediaElement, 'buffered' | 'currentTime'>): number {
  for (let i = 0; i < buffered.length; i += 1)
    if (buffered.start(i) <= currentTime + 0.1 && currentTime < buffered.end(i))
      return buffered.end(i) - currentTime;
  return 0;
}
