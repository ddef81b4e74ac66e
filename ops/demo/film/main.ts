import { setPriority } from 'node:os';
import { episode1 } from './episode1.ts';
import { episode2 } from './episode2.ts';
import { renderFilm } from './render.ts';

// usage: node ops/demo/film/main.ts EPISODE FILE. Its own process, so that drawing never holds up whoever wants the film.
const [number, out] = process.argv.slice(2);
const film = [episode1, episode2].find((f) => `${f.number}` === number);
if (!film || !out) throw new Error('usage: node ops/demo/film/main.ts 1|2 FILE');
setPriority(10);
process.stdin.resume().on('end', () => process.exit(1));
await renderFilm(film, out);
process.exit(0);
