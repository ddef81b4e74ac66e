import { parseArgs } from 'node:util';
import { parsed, UsageError } from '../arguments.ts';

export type IngestOptions = {
  file: string;
  title: string;
  season: number;
  episode: number;
  origin: string | undefined;
  json: boolean;
  publish: boolean;
};

export const ingestHelp = `Puts a video into Engawa by its public API: upload, transcode, publish.

  npm run ingest -- FILE --title "…" [--season N] [--episode N]

  --no-publish   leaves it unpublished: an editor publishes it in the dashboard
  --json         prints one JSON line: titleId, episodeId, watchUrl
  --origin URL   another platform than the one on this machine; its bearer token in ENGAWA_TOKEN

Interrupted, the same command goes on where it stopped.`;

/** Null: help was asked for. @throws UsageError */
export function ingestOptions(args: string[]): IngestOptions | null {
  const { values, positionals } = parsed(() =>
    parseArgs({
      args,
      allowPositionals: true,
      allowNegative: true,
      options: {
        title: { type: 'string' },
        season: { type: 'string', default: '1' },
        episode: { type: 'string', default: '1' },
        origin: { type: 'string' },
        json: { type: 'boolean', default: false },
        publish: { type: 'boolean', default: true },
        help: { type: 'boolean', short: 'h', default: false },
      },
    }),
  );
  if (values.help) return null;
  const [file, ...more] = positionals;
  const title = values.title?.trim();
  if (!file) throw new UsageError('Which file? npm run ingest -- FILE --title "…"');
  if (more.length)
    throw new UsageError(
      `One file at a time: “${more[0]}” is one too many (a name with spaces wants quotes).`,
    );
  if (!title)
    throw new UsageError('Which title does it belong to? Add --title "…"; it is made if it does not exist.');
  return {
    file,
    title,
    season: whole('--season', values.season, 0),
    episode: whole('--episode', values.episode, 1),
    origin: values.origin,
    json: values.json,
    publish: values.publish,
  };
}

function whole(option: string, text: string, least: number): number {
  const number = /^\d{1,5}$/.test(text) ? Number(text) : -1;
  if (number < least) throw new UsageError(`${option} takes a whole number from ${least} on, not “${text}”.`);
  return number;
}
