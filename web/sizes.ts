import type { Image } from '../schema/api/catalog.ts';
import { imageWidths } from '../schema/image-sizes.ts';

/** The address of a picture in another width. */
const sized = (src: string, width: number): string => `${src}/${width}.avif`;
/** The address of a picture as cards of links show it. */
export const shared = (src: string): string => `${src}/share.jpg`;

/** Every width below the picture's own, and that, for `srcset`. */
export const sourceSet = ({ src, width }: Pick<Image, 'src' | 'width'>): string =>
  [
    ...imageWidths
      .filter((smaller) => smaller < width)
      .map((smaller) => `${sized(src, smaller)} ${smaller}w`),
    `${src} ${width}w`,
  ].join(', ');
