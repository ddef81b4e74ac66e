import { mkdir, rm } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import { join } from 'node:path';
import { answers } from './answers.ts';
import { startChild } from './child.ts';
import type { Ports } from './ports.ts';
import type { Secrets } from './secrets.ts';

/** A transcoder that dies this often in a row, each time within a minute, will not live. */
const DEATHS = 5;
const LIVED_MS = 60_000;
/** It hands its tasks back to the Worker meanwhile. */
const GRACE_MS = 3_000;

export type TranscoderOptions = {
  root: string;
  data: string;
  ports: Ports;
  /** Which of them, from 0. */
  number: number;
  bucket: string;
  secrets: Secrets;
  onProblem: (text: string) => void;
};

export async function startTranscoder(options: TranscoderOptions) {
  const { root, data, ports, number, bucket, secrets, onProblem } = options;
  const port = ports.transcoders[number]!;
  const log = join(data, number === 0 ? 'transcoder.log' : `transcoder-${number + 1}.log`);
  const scratch = join(data, 'scratch', String(number));
  await rm(scratch, { recursive: true, force: true }); // of a transcoder that was killed
  await mkdir(scratch, { recursive: true });
  const env = {
    // Somebody waits for their first episode, on few cores: quicker encodes, and chunks that share those cores out evenly.
    // With PRESET=fast CHUNK_SECONDS=30 in the environment it encodes as production does.
    PRESET: 'veryfast',
    CHUNK_SECONDS: '20',
    SLOTS: String(Math.max(1, Math.floor(availableParallelism() / ports.transcoders.length))),
    ...process.env,
    PORT: String(port),
    HOST: '127.0.0.1',
    S3_ENDPOINT: `http://localhost:${ports.store}`,
    S3_REGION: 'us-east-1',
    MEDIA_BUCKET: bucket,
    S3_ACCESS_KEY_ID: secrets.S3_ACCESS_KEY_ID,
    S3_SECRET_ACCESS_KEY: secrets.S3_SECRET_ACCESS_KEY,
    TRANSCODER_SECRET: secrets.TRANSCODER_SECRET,
    SCRATCH_DIR: scratch,
  };
  const start = () =>
    startChild({
      command: process.execPath,
      args: [join(root, 'transcoder/main.ts')],
      cwd: root,
      env,
      log,
    });
  let child = start();
  let stopping = false;
  /** Resolves when it has died for good. Work it held is taken up by the next one: leases run out. */
  async function watch(): Promise<string> {
    for (let deaths = 1; ; deaths++) {
      const since = Date.now();
      const code = await child.ended;
      if (stopping) return new Promise<never>(() => {});
      if (Date.now() - since > LIVED_MS) deaths = 1;
      if (deaths === DEATHS)
        return `The transcoder ended ${DEATHS} times in a row (last with ${code}); its words are in ${log}.`;
      onProblem(`the transcoder ended with ${code} and is started again; see ${log}`);
      await sleep(500 * 2 ** (deaths - 1));
      if (stopping) return new Promise<never>(() => {});
      child = start();
    }
  }
  const died = watch();
  const stop = async () => {
    stopping = true;
    await child.stop(GRACE_MS);
  };
  return {
    died,
    log,
    stop,
    ready: () => answers(`http://localhost:${port}/health`, child.ended),
  };
}
