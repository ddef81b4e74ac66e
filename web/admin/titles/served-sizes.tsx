import { imageWidths, shareSize } from '../../../schema/image-sizes.ts';
import { useDesk } from '../desk.ts';
import { coverOf, cropOf, type Size, type View } from './crop.ts';
import { Drawing } from './cropper.tsx';
import { sentSize } from './crop.ts';
import { shapes, type Role } from './picture-file.ts';
import { useSay } from './words.ts';

/** Where each picture is seen, and how wide it is there at most, px of the page. */
const places = {
  poster: [
    { place: 'card', width: 140 },
    { place: 'page', width: 280 },
  ],
  backdrop: [
    { place: 'card', width: 280 },
    { place: 'page', width: 560 },
  ],
  logo: [{ place: 'page', width: 280 }],
} as const satisfies Record<Role, { place: 'card' | 'page'; width: number }[]>;

/** How a picture looks where viewers see it, and the widths that it will be served in. */
export function ServedSizes({ bitmap, view, role }: { bitmap: ImageBitmap; view: View; role: Role }) {
  const { format } = useDesk();
  const say = useSay();
  const part = cropOf(bitmap, view);
  const own = sentSize(part, shapes[role].maxWidth);
  const widths = [...imageWidths.filter((width) => width < own.width), own.width];
  return (
    <div class="served">
      <h4>{say('served.title')}</h4>
      <div class="served__row">
        {places[role].map(({ place, width }) => (
          <figure key={place}>
            <Drawing
              bitmap={bitmap}
              view={view}
              size={{ width, height: Math.max(1, Math.round((width * part.height) / part.width)) }}
            />
            <figcaption>{say(`served.${place}`)}</figcaption>
          </figure>
        ))}
        {role !== 'logo' && (
          <figure>
            <Drawing bitmap={bitmap} view={shareView(bitmap, view)} size={{ width: 300, height: 158 }} />
            <figcaption>
              {say('served.share', { width: String(shareSize.width), height: String(shareSize.height) })}
            </figcaption>
          </figure>
        )}
      </div>
      <p class="faint small">{say('served.widths', { widths: format.list(widths.map(String)) })}</p>
    </div>
  );
}

/** What a card of a link shows: the middle of what is kept, in its own shape. */
function shareView(picture: Size, view: View): View {
  const part = cropOf(picture, view);
  const middle = coverOf(part, shareSize);
  const ratio = shareSize.width / shareSize.height;
  return {
    ratio,
    zoom: Math.min(picture.width, picture.height * ratio) / middle.width,
    x: (part.x + part.width / 2) / picture.width,
    y: (part.y + part.height / 2) / picture.height,
  };
}
