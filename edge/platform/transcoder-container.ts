import { Container } from '@cloudflare/containers';

/** What deciding about sleep needs of a container. */
export type Sleeper = {
  running: boolean;
  /** Asks the transcoder itself. */
  health: () => Promise<Response>;
  stayAwake: () => void;
  stop: () => Promise<void>;
};

/**
 * The activity time-out counts requests from outside, and a chunk takes minutes without one: a transcoder that works stays awake,
 * one that has nothing to do, or does not answer any more, is stopped (SIGTERM: it hands back what it has).
 */
export async function sleepUnlessWorking({ running, health, stayAwake, stop }: Sleeper): Promise<void> {
  if (!running) return;
  const answer = await health().catch(() => null);
  const state = answer?.ok ? await answer.json<{ running?: number }>().catch(() => ({ running: 0 })) : {};
  if ((state.running ?? 0) > 0) stayAwake();
  else await stop();
}

/** `transcoder/` in a Cloudflare Container (Dockerfile.transcoder). Instances are chosen by `containerTranscoders`. */
export class TranscoderContainer extends Container<Env> {
  override defaultPort = 8790;
  override sleepAfter = '5m';
  override pingEndpoint = 'transcoder/health';
  override envVars = {
    TRANSCODER_SECRET: this.env.TRANSCODER_SECRET,
    S3_ENDPOINT: this.env.S3_ENDPOINT,
    S3_REGION: this.env.S3_REGION,
    MEDIA_BUCKET: this.env.MEDIA_BUCKET,
    S3_ACCESS_KEY_ID: this.env.S3_ACCESS_KEY_ID,
    S3_SECRET_ACCESS_KEY: this.env.S3_SECRET_ACCESS_KEY,
  };

  override async onActivityExpired(): Promise<void> {
    await sleepUnlessWorking({
      running: this.ctx.container?.running ?? false,
      health: () => this.containerFetch('http://transcoder/health'),
      stayAwake: () => this.renewActivityTimeout(),
      stop: () => this.stop(),
    });
  }
}
