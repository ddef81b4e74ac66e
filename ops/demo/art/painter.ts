import type { Pen } from '../draw/shape.ts';

/** The sheet a scene is painted on. Scenes are laid out for a height of about 1,100. */
export type Frame = {
  w: number;
  h: number;
  wide: boolean;
  /** Where the subject stands: the middle of a poster, the right third of a backdrop (words go to its left). */
  fx: number;
};
export type Painter = (g: Pen, frame: Frame) => void;
