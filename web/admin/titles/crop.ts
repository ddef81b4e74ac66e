/** What of a picture is kept: how wide for its height, how near, and where its middle is (shares of the picture, 0 to 1). */
export type View = { ratio: number; zoom: number; x: number; y: number };
export type Size = { width: number; height: number };
/** In pixels of the picture; whole ones. */
export type Rect = Size & { x: number; y: number };

export const MAX_ZOOM = 8;
/** Off by no more than this, a picture has the shape that is asked for: nobody sees half a percent. */
const SAME_SHAPE = 0.005;

const between = (low: number, value: number, high: number) => Math.min(high, Math.max(low, value));

/** The whole of it as far as its shape allows, from the middle. */
export const wholeOf = ({ width, height }: Size, ratio: number | null): View => ({
  ratio: ratio ?? width / height,
  zoom: 1,
  x: 0.5,
  y: 0.5,
});

/** The part of the picture that a view keeps: never beyond its edges, never less than a pixel. */
export function cropOf(picture: Size, { ratio, zoom, x, y }: View): Rect {
  const near = between(1, zoom, MAX_ZOOM);
  const width = between(1, Math.round(Math.min(picture.width, picture.height * ratio) / near), picture.width);
  const height = between(
    1,
    Math.round(Math.min(picture.height, picture.width / ratio) / near),
    picture.height,
  );
  return {
    width,
    height,
    x: Math.round(between(0, x * picture.width - width / 2, picture.width - width)),
    y: Math.round(between(0, y * picture.height - height / 2, picture.height - height)),
  };
}

/** Moves the view by pixels of the picture; at an edge it stays there, so that the way back is not longer. */
export function panned(picture: Size, view: View, dx: number, dy: number): View {
  const { width, height } = cropOf(picture, view);
  const middle = (share: number, size: number, by: number, whole: number) => {
    const within = (at: number) => between(size / 2, at, whole - size / 2);
    return within(within(share * whole) + by) / whole;
  };
  return {
    ...view,
    x: middle(view.x, width, dx, picture.width),
    y: middle(view.y, height, dy, picture.height),
  };
}

export const zoomed = (view: View, by: number): View => ({
  ...view,
  zoom: between(1, view.zoom * by, MAX_ZOOM),
});

/** Whether a view keeps all of the picture: then its file can be sent as it is. */
export function isWhole(picture: Size, view: View): boolean {
  const { width, height } = cropOf(picture, view);
  return 1 - width / picture.width <= SAME_SHAPE && 1 - height / picture.height <= SAME_SHAPE;
}

/** How large a part is sent: no larger than it is, nor than anybody sees. */
export function sentSize({ width, height }: Size, maxWidth: number): Size {
  const scale = Math.min(1, maxWidth / width);
  return { width: Math.max(1, Math.round(width * scale)), height: Math.max(1, Math.round(height * scale)) };
}

/** The middle part of a picture that fills a frame of another shape, as `object-fit: cover` shows it. */
export const coverOf = (picture: Size, frame: Size): Rect =>
  cropOf(picture, wholeOf(picture, frame.width / frame.height));
