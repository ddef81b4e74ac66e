import { createCanvas, type Canvas } from '@napi-rs/canvas';
import { sheet, type Pen } from '../draw/shape.ts';

/** All scenes are laid out on this sheet; smaller pictures are scaled. */
export const WIDTH = 1920;
export const HEIGHT = 1080;
export const FPS = 24;

export type Speaker = 'hana' | 'teru' | 'moku';
/** A line of dialogue, in seconds of its shot. */
export type Line = { at: number; lasts: number; who: Speaker; en: string; ja: string };
/** Writing in the picture, and what it means. */
export type Sign = { at: number; lasts: number; en: string };
export type Effect = 'hop' | 'land' | 'bell' | 'brush' | 'click' | 'drip' | 'sparkle' | 'firework' | 'whoosh';
export type Ambience = 'rain' | 'drizzle' | 'crickets' | 'birds' | 'crowd';

/** Draws the shot at `t`, in its seconds. `talking` opens and shuts the speaker's mouth. */
export type Drawing = (g: Pen, t: number) => void;
export type Shot = {
  seconds: number;
  /** Frames that one drawing stands for: 1 for pans, 2 or 3 for movement; `still` for a held frame. */
  on?: 1 | 2 | 3 | 'still';
  /** Paints what stays the same, once. */
  set: () => Drawing;
  lines?: Line[];
  signs?: Sign[];
  sounds?: readonly (readonly [at: number, effect: Effect])[];
  ambience?: readonly Ambience[];
};
export type Section = { chapter: 'Opening' | 'Part A' | 'Part B' | 'Ending'; music: Music; shots: Shot[] };
export type Music = 'opening' | 'evening' | 'errand' | 'lonely' | 'morning' | 'ending';
export type Film = { number: 1 | 2; en: string; ja: string; sections: Section[] };

/** A layer in the colour of the hour: what is painted in daylight takes on `colour`, its edges stay. */
export function graded(layer: Canvas, colour: string | null): Canvas {
  if (!colour) return layer;
  return sheet(layer.width, layer.height, (g) => {
    g.drawImage(layer, 0, 0);
    g.globalCompositeOperation = 'multiply';
    g.fillStyle = colour;
    g.fillRect(0, 0, layer.width, layer.height);
    g.globalCompositeOperation = 'destination-in';
    g.drawImage(layer, 0, 0);
  });
}

/** A cel: one character, drawn on its own sheet so that the hour can colour it too. */
export function cel(width: number, height: number, tint: string | null) {
  const canvas = createCanvas(width, height);
  const c = canvas.getContext('2d');
  return (g: Pen, x: number, y: number, draw: (g: Pen) => void) => {
    c.globalCompositeOperation = 'source-over';
    c.clearRect(0, 0, width, height);
    c.save();
    c.translate(width / 2, height / 2);
    draw(c);
    c.restore();
    if (tint) {
      c.globalCompositeOperation = 'source-atop';
      c.fillStyle = tint;
      c.fillRect(0, 0, width, height);
    }
    g.drawImage(canvas, x - width / 2, y - height / 2);
  };
}

/** 0 before `a`, 1 after `b`, eased in between. */
export const ease = (t: number, a: number, b: number): number => {
  const x = Math.min(1, Math.max(0, (t - a) / (b - a)));
  return x * x * (3 - 2 * x);
};
/** A blink now and then. */
export const blinks = (t: number, seed = 0): boolean => (t + seed * 1.7) % 3.1 < 0.12;
/** The number of the drawing when drawing on `n`s. */
export const drawing = (t: number, n: number): number => Math.floor((t * FPS) / n + 1e-6);
