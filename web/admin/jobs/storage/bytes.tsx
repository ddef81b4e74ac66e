import { useEffect, useRef } from 'preact/hooks';
import type { Stored } from '../../../../schema/api/media.ts';
import { useDesk } from '../../desk.ts';
import { useSay } from '../words.ts';

const kinds = ['source', 'video', 'audio', 'subtitles', 'pictures'] as const;

/** Bytes by kind: as parts of a bar, and in words. */
export function Bytes({ label, stored }: { label: string; stored: Stored }) {
  const { format } = useDesk();
  const say = useSay();
  const bar = useRef<HTMLDivElement>(null);
  const { total } = stored;
  useEffect(() => {
    for (const part of bar.current?.children ?? [])
      if (part instanceof HTMLElement) part.style.flexGrow = part.dataset['bytes'] ?? '0';
  }, [stored]);
  return (
    <section class="stored" aria-label={label}>
      <p>
        <strong class="stored__total">{format.bytes(total)}</strong> <span class="faint">{label}</span>
      </p>
      <div ref={bar} class="stored__bar" aria-hidden="true">
        {kinds.map((kind) => (
          <span key={kind} class={`stored__part stored__part--${kind}`} data-bytes={stored[kind]} />
        ))}
      </div>
      <ul class="stored__kinds">
        {kinds.map((kind) => (
          <li key={kind} class={`stored__kind stored__part--${kind}`}>
            {say('storage.part', {
              part: say(`storage.${kind}`),
              bytes: format.bytes(stored[kind]),
              share: format.percent(total > 0 ? stored[kind] / total : 0),
            })}
          </li>
        ))}
      </ul>
    </section>
  );
}
