import type { TitleCard } from '../../../schema/api/catalog.ts';

/** A title's own name beside the one the site shows, where they differ. */
export const nativeName = ({ names }: Pick<TitleCard, 'names'>): string | null =>
  names.native && names.native !== names.main ? names.native : null;

export const NativeName = ({ title, class: name }: { title: Pick<TitleCard, 'names'>; class?: string }) => {
  const native = nativeName(title);
  return native ? (
    <span class={`names__native ${name ?? ''}`} lang="ja">
      {native}
    </span>
  ) : null;
};
