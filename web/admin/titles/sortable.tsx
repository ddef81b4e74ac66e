import type { ComponentChildren } from 'preact';
import { useRef, useState } from 'preact/hooks';
import { Heard } from '../parts.tsx';
import { landing, moved, step } from './moves.ts';
import { useSay } from './words.ts';

/** How near the edge of the window a drag scrolls it, and how far each time, px. */
const EDGE = 60;
const SCROLL = 20;

/**
 * A list that can be put in another order: by its handles with the arrow keys (ten at a time, to the ends), or by dragging them, with
 * a finger as well. Pointer events, because HTML's own dragging knows no touch. Rows stay where they are and show another item: an
 * element that is moved in the document loses the pointer and the focus.
 */
export function Sortable<T>({
  items,
  nameOf,
  label,
  onOrder,
  children,
}: {
  items: readonly T[];
  nameOf: (item: T) => string;
  label: string;
  onOrder: (items: T[]) => void;
  children: (item: T, index: number) => ComponentChildren;
}) {
  const say = useSay();
  const list = useRef<HTMLOListElement>(null);
  const [held, setHeld] = useState<number | null>(null);
  const [said, setSaid] = useState('');
  const move = (from: number, to: number) => {
    if (from === to) return;
    onOrder(moved(items, from, to));
    setSaid(say('sort.moved', { name: nameOf(items[from]!), place: to + 1, count: items.length }));
  };
  const onKey = (event: KeyboardEvent, index: number) => {
    const to = step(event.key, index, items.length);
    if (to === null) return;
    event.preventDefault();
    move(index, to);
    list.current?.children[to]?.querySelector<HTMLElement>('.sort__handle')?.focus();
  };
  const onDrag = (event: PointerEvent) => {
    if (held === null) return;
    const rows = [...(list.current?.children ?? [])].map((row) => row.getBoundingClientRect());
    const to = landing(rows, held, event.clientY);
    move(held, to);
    setHeld(to);
    if (event.clientY < EDGE) scrollBy(0, -SCROLL);
    else if (event.clientY > innerHeight - EDGE) scrollBy(0, SCROLL);
  };
  return (
    <>
      <Heard text={said} />
      <ol class="sort" ref={list} aria-label={label}>
        {items.map((item, index) => (
          <li key={index} class={held === index ? 'sort__row sort__row--held' : 'sort__row'}>
            <button
              type="button"
              class="sort__handle"
              aria-label={say('sort.handle', { name: nameOf(item), place: index + 1, count: items.length })}
              title={say('sort.hint')}
              onKeyDown={(event) => onKey(event, index)}
              onPointerDown={(event) => {
                if (event.button !== 0) return;
                event.currentTarget.setPointerCapture(event.pointerId);
                setHeld(index);
              }}
              onPointerMove={onDrag}
              onPointerUp={() => setHeld(null)}
              onPointerCancel={() => setHeld(null)}
            >
              <span aria-hidden="true">⠿</span>
            </button>
            {children(item, index)}
          </li>
        ))}
      </ol>
    </>
  );
}
