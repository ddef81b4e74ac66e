import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import { useDesk } from '../../desk.ts';
import { useRoom } from '../room/words.ts';
import { countriesOf, parts } from './regions.ts';

/** How one country is shown: a look, a sign that stands for it without colour, and what it is in words. */
export type Tile = { look: string; sign: string; words: string };

/** By which key one goes to which tile: in a line by reading order, up and down by where they stand. */
const arrows: Record<string, (from: DOMRect, to: DOMRect) => boolean> = {
  ArrowRight: (from, to) => Math.abs(to.top - from.top) < from.height / 2 && to.left > from.left + 1,
  ArrowLeft: (from, to) => Math.abs(to.top - from.top) < from.height / 2 && to.left < from.left - 1,
  ArrowDown: (from, to) => to.top > from.top + from.height / 2,
  ArrowUp: (from, to) => to.top < from.top - from.height / 2,
};
const distance = (a: DOMRect, b: DOMRect) => Math.hypot(a.left - b.left, (a.top - b.top) * 2);

/**
 * The world, each country one tile of the same size, by region. One of them is in the tab order; arrow keys go on to the nearest tile that
 * way, letters to a country by its code (ARIA Authoring Practices, “roving tabindex”).
 * @param choose `null`: whose country is not known
 */
export function WorldMap({
  label,
  tileOf,
  chosen,
  choose,
}: {
  label: string;
  tileOf: (country: string | null) => Tile;
  chosen: string | null | undefined;
  choose: (country: string | null) => void;
}) {
  const room = useRoom();
  const map = useRef<HTMLFieldSetElement>(null);
  const [stop, setStop] = useState(chosen ?? 'JP');
  const typed = useRef({ text: '', at: 0 });
  const focus = (code: string) => {
    setStop(code);
    map.current?.querySelector<HTMLElement>(`[data-code="${code}"]`)?.focus();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey || !(event.target instanceof HTMLElement)) return;
    const tiles = [...(map.current?.querySelectorAll<HTMLElement>('[data-code]') ?? [])];
    const fits = arrows[event.key];
    let next: string | undefined;
    if (fits) {
      const from = event.target.getBoundingClientRect();
      next = tiles
        .map((tile) => ({ tile, at: tile.getBoundingClientRect() }))
        .filter(({ at }) => fits(from, at))
        .toSorted((a, b) => distance(from, a.at) - distance(from, b.at))[0]?.tile.dataset['code'];
    } else if (/^[a-z]$/i.test(event.key)) {
      const now = event.timeStamp;
      const before = now - typed.current.at < 1_000 ? typed.current.text : '';
      typed.current = { text: (before + event.key).slice(-2).toUpperCase(), at: now };
      next = tiles.map((tile) => tile.dataset['code']!).find((code) => code.startsWith(typed.current.text));
    }
    if (!next) return;
    event.preventDefault();
    focus(next);
  };
  useLayoutEffect(() => {
    const element = map.current;
    element?.addEventListener('keydown', onKeyDown);
    return () => element?.removeEventListener('keydown', onKeyDown);
  }, []);
  const tile = (country: string | null) => (
    <TileOf
      key={country}
      country={country}
      tile={tileOf(country)}
      tabIndex={stop === (country ?? '??') ? 0 : -1}
      pressed={chosen === country}
      onClick={() => {
        setStop(country ?? '??');
        choose(country);
      }}
    />
  );
  return (
    <fieldset ref={map} class="world" aria-label={label}>
      {parts.map((some, i) => (
        <div key={some[0]} class="world__part">
          {some.map((region) => (
            <div key={region} class="world__region">
              <p class="world__name">{room(`region.${region}`)}</p>
              <div class="world__tiles">{countriesOf(region).map(tile)}</div>
            </div>
          ))}
          {i === 0 && (
            <div class="world__region">
              <p class="world__name">{room('region.unknown')}</p>
              <div class="world__tiles">{tile(null)}</div>
            </div>
          )}
        </div>
      ))}
    </fieldset>
  );
}

function TileOf({
  country,
  tile: { look, sign, words },
  tabIndex,
  pressed,
  onClick,
}: {
  country: string | null;
  tile: Tile;
  tabIndex: number;
  pressed: boolean;
  onClick: () => void;
}) {
  const { format } = useDesk();
  const room = useRoom();
  const name = country === null ? room('region.unknown') : format.country(country);
  return (
    <button
      type="button"
      class={`tile tile--${look}`}
      data-code={country ?? '??'}
      tabIndex={tabIndex}
      aria-pressed={pressed}
      title={`${name}: ${words}`}
      onClick={onClick}
    >
      <span>{country ?? '??'}</span>
      <span aria-hidden="true" class="tile__sign">
        {sign}
      </span>
      <span class="only-heard">
        {' '}
        {name}: {words}
      </span>
    </button>
  );
}
