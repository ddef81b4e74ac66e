import { writeFileSync } from 'node:fs';
import { cpus, release, totalmem, type } from 'node:os';
import { parseArgs } from 'node:util';
import { longer, material, type Material } from './art.ts';
import { billing } from './billing.ts';
import { bundle } from './bundle.ts';
import { catalogue } from './catalogue.ts';
import { chaos } from './chaos.ts';
import { delivery } from './delivery.ts';
import type { Figure } from './figure.ts';
import { firstFrame } from './first-frame.ts';
import { frames } from './frames.ts';
import { lighthouseBench as lighthouse } from './lighthouse.ts';
import { lists } from './lists.ts';
import { live } from './live.ts';
import { pictures } from './pictures.ts';
import { pipeline } from './pipeline.ts';
import { play } from './play.ts';
import { quality } from './quality.ts';
import { rights } from './rights.ts';
import { scale } from './scale.ts';
import { search } from './search.ts';
import { upload } from './upload.ts';
import { wall } from './wall.ts';
import { watchable } from './watchable.ts';

// `npm run bench` runs all, `npm run bench -- NAME …` those named; `--film demo`, or a file's path, in place of the cel art where a
// whole film goes in (wall, watchable, quality, scale); `--minutes 4` plays it over and over for as long, and `--runs 1` is then enough
// (wall). Machines are shared and noisy: read the ratios.
const benches: Record<string, (film: () => Promise<Material>, runs: number) => Promise<Figure[]>> = {
  bundle,
  play,
  delivery,
  catalogue,
  rights,
  billing,
  frames,
  pipeline,
  wall,
  watchable,
  'first-frame': firstFrame,
  quality,
  pictures,
  lighthouse,
  live,
  scale,
  search,
  lists,
  chaos,
  upload,
};

const { values, positionals: wanted } = parseArgs({
  options: {
    film: { type: 'string', default: 'cel' },
    minutes: { type: 'string' },
    runs: { type: 'string', default: '3' },
  },
  allowPositionals: true,
});
const film = async () => {
  const given = await material(values.film);
  return values.minutes ? longer(given, Number(values.minutes)) : given;
};
const unknown = wanted.filter((name) => !Object.hasOwn(benches, name));
if (unknown.length > 0) {
  console.error(`There is no bench ${unknown.join(', ')}. There are: ${Object.keys(benches).join(', ')}.`);
  process.exit(2);
}

const machine = `${cpus().length} × ${cpus()[0]?.model.trim() ?? 'unknown CPU'}, ${Math.round(totalmem() / 2 ** 30)} GiB, ${type()} ${release()}, Node ${process.version}`;
const date = new Date().toISOString();
console.log(`${date.slice(0, 16).replace('T', ' ')} UTC · ${machine}\n`);

const round = (value: number) =>
  Number.isInteger(value) ? String(value) : value.toFixed(value < 10 ? 3 : 1);
const results: Figure[] = [];
for (const name of wanted.length > 0 ? wanted : Object.keys(benches)) {
  console.log(name);
  for (const figure of await benches[name]!(film, Number(values.runs))) {
    results.push(figure);
    const versus = figure.baseline ? ` · ${figure.baseline.name} ${round(figure.baseline.value)}` : '';
    const ratio = figure.ratio === null ? '' : ` · ratio ${figure.ratio.toFixed(3)}`;
    console.log(
      `  ${figure.met ? '✓' : '✗'} ${figure.name}: ${round(figure.value)} ${figure.unit}${versus}${ratio} (${figure.goal})`,
    );
  }
  console.log();
}
writeFileSync('bench-results.json', `${JSON.stringify({ date, machine, results }, null, 2)}\n`);
const missed = results.filter(({ met }) => !met).length;
console.log(`${results.length - missed} of ${results.length} goals met; written to bench-results.json`);
