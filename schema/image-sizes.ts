/** Widths that a picture of the catalogue can be had in, pixels: few, so that each is made once and then found in caches. */
export const imageWidths = [120, 240, 360, 480, 720, 1080, 1440] as const;
/** As cards of links show pictures (https://ogp.me). */
export const shareSize = { width: 1200, height: 630 } as const;

/** File names of a picture's sizes, after its own address: `/images/….webp/480.webp`. */
export const sizeFiles = [...imageWidths.map((width) => `${width}.webp`), 'share.jpg'];
