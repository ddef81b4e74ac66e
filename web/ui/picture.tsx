import type { Image } from '../../schema/api/catalog.ts';
import { sourceSet } from '../sizes.ts';
import { thumbhashUri } from './thumbhash.ts';

/** Pixels of the placeholder. */
const hints = { poster: { width: 8, height: 12 }, backdrop: { width: 12, height: 7 } };

/** A picture in a frame of fixed shape, over its blurred placeholder; the name on boards where there is none. */
export function Picture({
  image,
  shape,
  name,
  alt = '',
  first = false,
  upright = null,
  sizes = '100vw',
}: {
  image: Image | null;
  shape: keyof typeof hints;
  /** Shown where there is no picture. */
  name: string;
  /** Empty where the name stands beside the picture. */
  alt?: string;
  /** The picture the page opens with: fetched before the others. */
  first?: boolean;
  /** The same in an upright shape, for upright screens. */
  upright?: Image | null;
  /** How wide it is shown, as a `sizes` attribute says it (HTML §4.8.4.2.2): what is loaded fits. */
  sizes?: string;
}) {
  const hint = image?.thumbhash ? thumbhashUri(image.thumbhash, hints[shape]) : null;
  return (
    <div class={`picture picture--${shape}`}>
      {hint && <img src={hint} alt="" />}
      {image ? (
        <picture>
          {upright && (
            <source
              media="(max-aspect-ratio: 4/5)"
              type="image/avif"
              srcset={sourceSet(upright)}
              sizes={sizes}
            />
          )}
          <source type="image/avif" srcset={sourceSet(image)} sizes={sizes} />
          <img
            src={image.src}
            width={image.width}
            height={image.height}
            alt={alt}
            decoding="async"
            {...(first ? { fetchpriority: 'high' } : { loading: 'lazy' })}
          />
        </picture>
      ) : (
        <span class="picture__none" aria-hidden="true">
          {name}
        </span>
      )}
    </div>
  );
}
