import { teru } from '../cast/teru.ts';
import { placed, sheet, shape } from '../draw/shape.ts';
import { drift } from '../draw/weather.ts';
import { write } from './lettering.ts';
import { moods } from './moods.ts';
import { house } from './sets/house.ts';
import { ease, HEIGHT, WIDTH, type Section } from './shot.ts';

const petals = ['#ffd9e2', '#ffc2d2', '#ffffff'];

/** Nine seconds that every episode begins with, drawing for drawing and note for note. */
export const opening: Section = {
  chapter: 'Opening',
  music: 'opening',
  shots: [
    {
      seconds: 4.5,
      on: 1,
      ambience: ['birds'],
      set: () => {
        const { back, front, near } = house(moods.day);
        return (g, t) => {
          const down = ease(t, 0, 4.3);
          g.drawImage(back, -60 - 110 * down, -160 * down);
          g.drawImage(front, -40 - 190 * down, 420 - 540 * down);
          g.drawImage(near, -60 - 330 * down, 1250 - 560 * down);
          drift(g, WIDTH, HEIGHT, 46, 5, petals, 'petal', t);
        };
      },
    },
    {
      seconds: 4.5,
      on: 2,
      signs: [{ at: 0.6, lasts: 3.8, en: 'Tomorrow, Sunny' }],
      set: () => {
        const rays = sheet(3400, 3400, (g) => {
          g.fillStyle = '#bfe6f5';
          g.fillRect(0, 0, 3400, 3400);
          for (let i = 0; i < 18; i++) {
            const [a, b] = [(i / 18) * Math.PI * 2, ((i + 0.5) / 18) * Math.PI * 2];
            shape(
              g,
              [
                [1700, 1700],
                [1700 + Math.cos(a) * 2500, 1700 + Math.sin(a) * 2500],
                [1700 + Math.cos(b) * 2500, 1700 + Math.sin(b) * 2500],
              ],
              { fill: '#e4f6f6', sharp: true },
            );
          }
        });
        return (g, t) => {
          placed(g, { x: 1330, y: 620, turn: t * 0.09 }, (g) => g.drawImage(rays, -1700, -1700));
          const swing = Math.sin(t * 2.6) * 0.2;
          placed(g, { x: 1330, y: -60, turn: swing }, (g) =>
            placed(g, { y: 560, sx: 1.55 }, (g) =>
              teru(g, {
                string: 420,
                sway: -swing * 2.4,
                eyes: t < 0.9 ? 'shut' : t > 3.1 ? 'happy' : 'open',
                mouth: t > 3.1 ? 'a' : 'smile',
              }),
            ),
          );
          const written = ease(t, 0.4, 2.2);
          write(g, 'あした、', {
            x: 170,
            y: 250,
            size: 200,
            colour: '#ffffff',
            edge: '#2c5f96',
            written: Math.min(1, written * 1.7),
          });
          if (written > 0.58)
            write(g, 'はれ', {
              x: 330,
              y: 510,
              size: 270,
              colour: '#ffb93f',
              edge: '#8a3f2c',
              written: (written - 0.58) / 0.42,
            });
          drift(g, WIDTH, HEIGHT, 40, 8, petals, 'petal', t + 4);
        };
      },
    },
  ],
};
