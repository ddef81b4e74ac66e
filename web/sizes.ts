import type { Image } from '../schema/api/catalog.ts';

/** Widths that a picture of the catalogue can be had in, pixels: few, so that each is made once and then found in caches. */
export const imageWidths = [120, 240, 360, 480, 720, 1080, 1440] as const;

/** The address of a picture in another width. */
export const sized = (src: string, width: number): string => `${src}/${width}.webp`;
/** The address of a picture as cards of links show it: 1200 × 630 (https://ogp.me). */
export const shared = (src: string): string => `${src}/share.jpg`;

/** Every width below the picture's own, and that, for `srcset`. */
export const sourceSet = ({ src, width }: Pick<Image, 'src' | 'width'>): string =>
  [
    ...imageWidths
      .filter((smaller) => smaller < width)
      .map((smaller) => `${sized(src, smaller)} ${smaller}w`),
    `${src} ${width}w`,
  ].join(', ');
