import type { ComponentChildren } from 'preact';
import type { TitleCard } from '../../../schema/api/catalog.ts';
import { Picture } from '../../ui/picture.tsx';
import { nativeName } from './names.tsx';

/** The backdrop across the page; the name in Latin letters along the boards, the Japanese one standing, as on a film poster. */
export function Stage({
  title,
  kicker,
  children,
}: {
  title: TitleCard;
  kicker?: string;
  children: ComponentChildren;
}) {
  const native = nativeName(title);
  return (
    <section class="stage" aria-labelledby="stage-name">
      <div class="stage__picture">
        <Picture image={title.backdrop} upright={title.poster} shape="backdrop" name="" first />
      </div>
      {native && (
        <p class="stage__native" lang="ja">
          {native}
        </p>
      )}
      <div class="stage__words">
        {kicker && <p class="stage__kicker">{kicker}</p>}
        <h1 id="stage-name" class="stage__name">
          {title.names.main}
        </h1>
        {children}
      </div>
    </section>
  );
}
