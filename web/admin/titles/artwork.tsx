import { useEffect, useState } from 'preact/hooks';
import { imageRoles } from '../../../schema/catalog-terms.ts';
import { Section } from '../parts.tsx';
import { ArtworkSlot, type Chosen } from './artwork-slot.tsx';
import { wholeOf } from './crop.ts';
import { readPicture, roleFor, shapes, type Role } from './picture-file.ts';
import type { PartOf } from './title-parts.ts';
import { useSay } from './words.ts';

/** Poster, backdrop and logo: dropped, pasted or chosen, cut to the shape of their place, and seen as viewers will before anything changes. */
export function Artwork({ title, loaded }: PartOf) {
  const say = useSay();
  const [chosen, setChosen] = useState<Partial<Record<Role, Chosen>>>({});
  const [unreadable, setUnreadable] = useState<Role | null>(null);
  const put = (role: Role, next: Chosen | null) =>
    setChosen(({ [role]: old, ...others }) => {
      if (old && old.bitmap !== next?.bitmap) old.bitmap.close();
      return next ? { ...others, [role]: next } : others;
    });
  const take = async (file: File | undefined, given: Role | null) => {
    if (!file) return;
    try {
      const bitmap = await readPicture(file);
      const role = given ?? roleFor(bitmap);
      put(role, { file, bitmap, view: wholeOf(bitmap, shapes[role].ratio) });
      setUnreadable(null);
    } catch {
      setUnreadable(given ?? 'poster');
    }
  };
  useEffect(() => {
    const paste = (event: ClipboardEvent) => {
      const file = [...(event.clipboardData?.files ?? [])].find(({ type }) => type.startsWith('image/'));
      if (!file) return;
      event.preventDefault();
      const slot = document.activeElement?.closest<HTMLElement>('[data-role]')?.dataset['role'];
      void take(file, imageRoles.find((role) => role === slot) ?? null);
    };
    addEventListener('paste', paste);
    return () => removeEventListener('paste', paste);
  }, []);
  return (
    <Section title={say('part.artwork')}>
      <p class="faint">{say('art.how')}</p>
      <div class="art">
        {imageRoles.map((role) => (
          <ArtworkSlot
            key={role}
            role={role}
            title={title}
            loaded={loaded}
            chosen={chosen[role] ?? null}
            unreadable={unreadable === role}
            take={(file) => void take(file, role)}
            put={(next) => put(role, next)}
          />
        ))}
      </div>
    </Section>
  );
}
