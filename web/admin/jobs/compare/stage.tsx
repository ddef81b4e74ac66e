import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { AssetView } from '../../../../schema/api/media.ts';
import type { FrameRate } from '../../../../schema/ladder.ts';
import { Button } from '../../../ui/button.tsx';
import { Notice } from '../../../ui/notice.tsx';
import { useDesk } from '../../desk.ts';
import { clock as asClock } from '../../episodes/media/clock.ts';
import { FailureNotice } from '../../parts.tsx';
import { useSay } from '../words.ts';
import { sides, type Side } from './pair.ts';
import { stepped } from './sync.ts';
import { usePair } from './use-pair.ts';

const looks = ['beside', 'wipe'] as const;
const zooms = ['fit', '100', '200'] as const;
const JUMP_S = 5;

/** Two versions as pictures: one clock, beside each other or one over the other, at any size and in any quality. */
export function Stage({ versions, frameRate }: { versions: Record<Side, AssetView>; frameRate: FrameRate }) {
  const { t } = useDesk();
  const say = useSay();
  const [begun, setBegun] = useState(0);
  const [look, setLook] = useState<(typeof looks)[number]>('wipe');
  const [zoom, setZoom] = useState<(typeof zooms)[number]>('fit');
  const [edge, setEdge] = useState(50);
  const stage = useRef<HTMLDivElement>(null);
  const two = usePair({ left: versions.left.jobId, right: versions.right.jobId }, begun);
  const { clock } = two;
  // Of the largest rung of both, whichever is shown: a change of quality must not move the picture.
  const wide = Math.max(...sides.flatMap((side) => versions[side].video.map(({ width }) => width)));
  // Before the picture is drawn: the edge is under the pointer that moves it, not a frame behind.
  useLayoutEffect(() => {
    const { current } = stage;
    if (!current) return;
    // By the object model: the content security policy lets no style stand in a page.
    current.style.setProperty('--edge', `${edge}%`);
    const pixels = zoom === 'fit' ? null : (wide * Number(zoom)) / 100 / devicePixelRatio;
    current.style.setProperty('--width', pixels === null ? '100%' : `${pixels}px`);
  }, [edge, zoom, wide]);
  const step = (count: number) => {
    two.pause();
    two.seek(stepped(clock.time, count, frameRate));
  };
  const keys: Record<string, () => void> = {
    ' ': two.toggle,
    ArrowLeft: () => two.seek(clock.time - JUMP_S),
    ArrowRight: () => two.seek(clock.time + JUMP_S),
    ',': () => step(-1),
    '.': () => step(1),
    w: () => setLook(look === 'wipe' ? 'beside' : 'wipe'),
  };
  const onKey = useRef<(event: KeyboardEvent) => void>(() => {});
  onKey.current = (event) => {
    const on = event.target instanceof Element ? event.target : null;
    const act = begun > 0 ? keys[event.key] : undefined;
    const taken = event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented;
    // Sliders and radio buttons have arrows for themselves, buttons and they the space bar.
    const own = /^[,.w]$/.test(event.key)
      ? 'input:not([type="radio"], [type="range"]), select, textarea, dialog'
      : 'input, select, textarea, button, a, dialog';
    if (!act || taken || on?.closest(own)) return;
    event.preventDefault();
    act();
  };
  useEffect(() => {
    // Of the whole page: its players are what it is for.
    const listener = (event: KeyboardEvent) => onKey.current(event);
    addEventListener('keydown', listener);
    return () => removeEventListener('keydown', listener);
  }, []);
  /** Both panes show the same part of a picture that is larger than they are. */
  const together = (event: Event) => {
    const from = event.currentTarget as HTMLElement;
    for (const pane of stage.current?.querySelectorAll<HTMLElement>('.pane') ?? []) {
      if (pane === from) continue;
      pane.scrollLeft = from.scrollLeft;
      pane.scrollTop = from.scrollTop;
    }
  };
  const wipe = (event: PointerEvent) => {
    if (look !== 'wipe' || event.buttons !== 1 || !stage.current) return;
    const { left, width } = stage.current.getBoundingClientRect();
    setEdge(Math.round(Math.max(0, Math.min(100, ((event.clientX - left) / width) * 100))));
  };
  const select = (side: Side) => (
    <label class="compare__choice">
      <span>{say('compare.quality', { side: say(`compare.${side}`) })}</span>
      <select onChange={({ currentTarget: { value } }) => two.choose(side, value || null)}>
        <option value="">{say('compare.auto')}</option>
        {two.qualities[side].toReversed().map(({ id, width, height, bitrate }) => (
          <option key={id} value={id}>
            {width} × {height}, {t('media.rate', { rate: Math.round(bitrate / 1000) })}
          </option>
        ))}
      </select>
    </label>
  );
  return (
    <section class="compare" aria-label={say('compare.title')}>
      <div
        ref={stage}
        class={`compare__stage compare__stage--${look}`}
        hidden={begun === 0}
        onPointerMove={wipe}
        onPointerDown={wipe}
      >
        {sides.map((side) => (
          <figure key={side} class={`compare__side compare__side--${side}`}>
            <div class="pane" ref={two.places[side]} onScroll={together} />
            <figcaption>{say('compare.version', { version: versions[side].version })}</figcaption>
          </figure>
        ))}
      </div>
      {begun === 0 ? (
        <p>
          <Button look="primary" onClick={() => setBegun(1)}>
            {say('compare.begin')}
          </Button>
        </p>
      ) : (
        <>
          {clock.duration === 0 && !two.failure && <output class="loading">{say('compare.loading')}</output>}
          <div class="compare__bar">
            <Button small look="primary" disabled={clock.duration === 0} onClick={two.toggle}>
              {say(clock.playing ? 'compare.pause' : 'compare.play')}
            </Button>
            <Button small look="outline" aria-label={say('compare.back')} onClick={() => step(-1)}>
              −1
            </Button>
            <Button small look="outline" aria-label={say('compare.forward')} onClick={() => step(1)}>
              +1
            </Button>
            <input
              type="range"
              class="compare__seek"
              aria-label={say('compare.seek')}
              aria-valuetext={asClock(clock.time)}
              min={0}
              max={clock.duration || 1}
              step="any"
              value={clock.time}
              onInput={({ currentTarget }) => two.seek(Number(currentTarget.value))}
            />
            <span class="compare__time">
              {asClock(clock.time)} / {asClock(clock.duration)}
            </span>
          </div>
          <div class="compare__bar">
            <Choice
              label={say('compare.look')}
              options={looks.map((one) => [one, say(`compare.${one}`)])}
              value={look}
              onChange={setLook}
            />
            {look === 'wipe' && (
              <input
                type="range"
                aria-label={say('compare.edge')}
                min={0}
                max={100}
                value={edge}
                onInput={({ currentTarget }) => setEdge(Number(currentTarget.value))}
              />
            )}
            <Choice
              label={say('compare.zoom')}
              options={zooms.map((one) => [one, one === 'fit' ? say('compare.fit') : `${one} %`])}
              value={zoom}
              onChange={setZoom}
            />
            {sides.map(select)}
            <label class="compare__choice">
              <span>{say('compare.sound')}</span>
              <select
                onChange={({ currentTarget: { value } }) => two.hear(value === 'right' ? 'right' : 'left')}
              >
                {sides.map((side) => (
                  <option key={side} value={side}>
                    {say('compare.version', { version: versions[side].version })}
                  </option>
                ))}
              </select>
            </label>
          </div>
          <p class="faint small">{say('compare.keys')}</p>
        </>
      )}
      {two.failure && <FailureNotice failure={two.failure} retry={() => setBegun(begun + 1)} />}
      {two.stopped && (
        <Notice tone="warning" title={say('compare.stopped')}>
          <Button small look="outline" onClick={() => setBegun(begun + 1)}>
            {say('compare.again')}
          </Button>
        </Notice>
      )}
    </section>
  );
}

/** A few choices beside each other, of which one holds: radio buttons that look like one control. */
function Choice<T extends string>({
  label,
  options,
  value,
  onChange,
}: {
  label: string;
  options: readonly (readonly [T, string])[];
  value: T;
  onChange: (value: T) => void;
}) {
  return (
    <fieldset class="segmented">
      <legend class="only-heard">{label}</legend>
      {options.map(([one, word]) => (
        <label key={one}>
          <input type="radio" name={label} checked={one === value} onChange={() => onChange(one)} />
          <span>{word}</span>
        </label>
      ))}
    </fieldset>
  );
}
