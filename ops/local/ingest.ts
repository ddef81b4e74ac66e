import { realpath, stat } from 'node:fs/promises';
import { basename } from 'node:path';
import { fileURLToPath } from 'node:url';
import { problems } from '../../schema/problem.ts';
import type { Api } from '../api.ts';
import { uploadFile } from '../upload.ts';
import { UsageError } from './arguments.ts';
import { originOf, tell } from './command.ts';
import { follow } from './ingest/follow.ts';
import { changingLines } from './ingest/lines.ts';
import { ingestHelp, ingestOptions } from './ingest/options.ts';
import { place } from './ingest/place.ts';
import { taskLines, uploadLine } from './ingest/words.ts';
import { people } from './people.ts';
import { Sentence } from './sentence.ts';
import { freshBearer } from './session.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const say = (text: string) => console.error(`  ${text}`);

async function sourceFile(path: string) {
  const facts = await stat(path).catch((error: NodeJS.ErrnoException) => {
    throw new UsageError(
      error.code === 'ENOENT' ? `There is no file ${path}.` : `${path} can't be read: ${error.code}.`,
    );
  });
  if (facts.isDirectory()) throw new UsageError(`${path} is a folder; name one video file.`);
  if (!facts.isFile()) throw new UsageError(`${path} is not a file.`);
  if (facts.size === 0) throw new UsageError(`${path} is empty.`);
  return realpath(path);
}

async function ingest(): Promise<void> {
  const options = ingestOptions(process.argv.slice(2));
  if (!options) return console.log(ingestHelp);
  const path = await sourceFile(options.file);
  const origin = originOf(root, options.origin);
  const api: Api = { origin, token: process.env['ENGAWA_TOKEN'] ?? freshBearer(origin, people.editor) };

  const { titleId, episodeId } = await place(api, options.title, options.season, options.episode, say);
  const lines = changingLines(process.stderr);
  const began = performance.now();
  let before: number | undefined; // sent by an earlier run
  const { jobId } = await uploadFile(api, {
    episodeId,
    path,
    fileName: basename(options.file),
    publishWhenReady: options.publish,
    parallel: 3,
    onStart: ({ receivedParts }) => {
      if (receivedParts > 0) say('Going on with the upload that was begun before.');
    },
    onProgress: (sent, bytes) => {
      before ??= sent;
      const seconds = (performance.now() - began) / 1000;
      lines.show([uploadLine(sent, bytes, (sent - before) / Math.max(0.5, seconds))]);
    },
  });
  lines.keep();

  const job = await follow(api, jobId, {
    publish: options.publish,
    onView: (view) => lines.show(taskLines(view)),
  });
  const watchUrl = `${origin}/watch/${episodeId}`;
  if (job.state !== 'ready') {
    const reason = job.problem ? problems[job.problem].title : `The job was ${job.state}`;
    throw new Sentence(`${reason}. ${job.detail ?? ''}`.trim());
  }
  if (options.publish && !job.published)
    throw new Sentence(`The video is ready, but it was not published: see ${origin}/admin/jobs.`);
  if (options.json) console.log(JSON.stringify({ titleId, episodeId, watchUrl }));
  else console.log(`\n${options.publish ? 'Watch it at' : 'Ready; once published, it is at'} ${watchUrl}`);
}

process.on('SIGINT', () => {
  console.error('\nInterrupted; the same command goes on where it stopped.');
  process.exit(130);
});
await tell(ingest);
