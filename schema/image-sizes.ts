/** Widths that a picture of the catalogue can be had in, pixels: few, so that each is made once and then found in caches. */
export const imageWidths = [140, 280, 420, 560, 740, 1080] as const;
/** As cards of links show pictures (https://ogp.me). */
export const shareSize = { width: 1200, height: 630 } as const;

/** File names of a picture's sizes, after its own address: `/images/….webp/280.avif`. */
export const sizeFiles = [...imageWidths.map((width) => `${width}.avif`), 'share.jpg'];
