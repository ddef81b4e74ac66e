import { toChildArray, type ComponentChildren } from 'preact';
import { Icon } from '../../ui/icon.tsx';
import { useHere } from '../../visit.ts';

/**
 * A list that scrolls sideways: a real list, moved by keys, touch or wheel; the two buttons are a convenience for mice, shown by
 * behaviours/rows.ts.
 * @param id of its heading; unique in the page
 * @param all where everything of its kind is
 */
export function Row({
  id,
  name,
  shape,
  all,
  children,
}: {
  id: string;
  name: string;
  shape: 'poster' | 'still';
  all?: { href: string; label: string } | undefined;
  children: ComponentChildren;
}) {
  const { t } = useHere();
  return (
    <section class={`row row--${shape}`} aria-labelledby={id} data-row>
      <div class="row__head">
        <h2 id={id}>{name}</h2>
        <div class="row__moves" data-moves hidden>
          <button type="button" data-move="-1" aria-label={t('row.back', { name })}>
            <Icon name="back" />
          </button>
          <button type="button" data-move="1" aria-label={t('row.on', { name })}>
            <Icon name="on" />
          </button>
        </div>
        {all && (
          <a class="row__all" href={all.href} aria-label={all.label}>
            <Icon name="on" size={18} />
          </a>
        )}
      </div>
      <ul class="row__list">
        {toChildArray(children).map((child) => (
          <li>{child}</li>
        ))}
      </ul>
    </section>
  );
}
