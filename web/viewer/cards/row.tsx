import { toChildArray, type ComponentChildren } from 'preact';
import { useEffect, useId, useRef, useState } from 'preact/hooks';
import { Icon } from '../../ui/icon.tsx';
import { useHere } from '../../visit.ts';

/** A list that scrolls sideways: a real list, moved by keys, touch or wheel; the two buttons are a convenience for mice. */
export function Row({
  name,
  shape,
  children,
}: {
  name: string;
  shape: 'poster' | 'still';
  children: ComponentChildren;
}) {
  const { t } = useHere();
  const id = useId();
  const list = useRef<HTMLUListElement>(null);
  const [movable, setMovable] = useState(false);
  useEffect(() => {
    const element = list.current!;
    const sized = new ResizeObserver(() => setMovable(element.scrollWidth > element.clientWidth));
    sized.observe(element);
    return () => sized.disconnect();
  }, []);
  const move = (direction: 1 | -1) =>
    list.current?.scrollBy({ left: direction * list.current.clientWidth * 0.85 });
  return (
    <section class={`row row--${shape}`} aria-labelledby={id}>
      <div class="row__head">
        <h2 id={id}>{name}</h2>
        {movable && (
          <div class="row__moves">
            <button type="button" onClick={() => move(-1)} aria-label={t('row.back', { name })}>
              <Icon name="back" />
            </button>
            <button type="button" onClick={() => move(1)} aria-label={t('row.on', { name })}>
              <Icon name="on" />
            </button>
          </div>
        )}
      </div>
      <ul class="row__list" ref={list}>
        {toChildArray(children).map((child) => (
          <li>{child}</li>
        ))}
      </ul>
    </section>
  );
}
