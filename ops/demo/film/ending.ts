import { teru } from '../cast/teru.ts';
import { moon, ridge, stars } from '../draw/nature.ts';
import { placed, sheet, wash } from '../draw/shape.ts';
import { hopping } from './acting.ts';
import { write } from './lettering.ts';
import { lanternString } from './sets/town.ts';
import { ease, HEIGHT, WIDTH, type Section } from './shot.ts';

/** Eight seconds of walking home; `card` is written under the moon. */
export const ending = (card: string, meaning: string): Section => ({
  chapter: 'Ending',
  music: 'ending',
  shots: [
    {
      seconds: 8,
      on: 2,
      ambience: ['crickets'],
      signs: [{ at: 2.6, lasts: 4.8, en: meaning }],
      set: () => {
        const night = sheet(WIDTH, HEIGHT, (g) => {
          g.fillStyle = wash(g, 0, HEIGHT, [
            [0, '#1d2350'],
            [0.6, '#4a4f8c'],
            [1, '#8f7fae'],
          ]);
          g.fillRect(0, 0, WIDTH, HEIGHT);
          stars(g, WIDTH, 700, 190, 3);
          moon(g, 1460, 290, 120);
        });
        const hills = sheet(2700, HEIGHT, (g) => {
          ridge(g, 2700, 760, 60, HEIGHT, '#3d4380', 2);
          ridge(g, 2700, 850, 40, HEIGHT, '#2c3168', 9);
        });
        const ground = sheet(WIDTH, HEIGHT, (g) => {
          ridge(g, WIDTH, 950, 8, HEIGHT, '#1a1d44', 4);
        });
        return (g, t) => {
          g.drawImage(night, 0, 0);
          g.drawImage(hills, -t * 46, 0);
          g.drawImage(ground, 0, 0);
          lanternString(g, 40, 150, 38, 9, t * 2);
          const hop = hopping(t, 0.66);
          placed(g, { x: 260 + t * 74, y: 830 - hop.up * 80, sx: 0.62 }, (g) =>
            teru(g, { holds: 'leaf', sway: hop.sway, squash: hop.squash, eyes: 'happy', mouth: 'smile' }),
          );
          write(g, card, { x: 560, y: 330, size: 170, colour: '#fff6dc', written: ease(t, 2.4, 4) });
        };
      },
    },
  ],
});
