import { base64url } from 'jose';
import type { Id } from '../../schema/ids.ts';
import { signingKey } from './task-token.ts';

/*
 * Stands in the addresses of a growing episode's playlists and keys, as a playback token does in those of a published one
 * (ADR 0017): `{job}.{end, seconds UTC}.{HMAC-SHA256}`. It is made for editors only and says nothing but the job.
 */
const PURPOSE = 'engawa early watching';
const text = new TextEncoder();
const claim = (jobId: string, end: number | string) => text.encode(`${jobId}.${end}`);

/** @param until ms UTC, on a whole second */
export async function watchToken(secret: string, jobId: Id<'job'>, until: number): Promise<string> {
  const end = Math.floor(until / 1000);
  const mac = await crypto.subtle.sign('HMAC', await signingKey(secret, PURPOSE), claim(jobId, end));
  return `${jobId}.${end}.${base64url.encode(new Uint8Array(mac))}`;
}

/** The job that may be watched, and until when (ms UTC); null for a token that is over or not ours. Constant-time. */
export async function openWatchToken(
  secret: string,
  token: string,
  now: number,
): Promise<{ jobId: Id<'job'>; until: number } | null> {
  const [, job, end, mac] = /^job_([0-9a-z]{4,40})\.(\d{9,11})\.([\w-]{43})$/.exec(token) ?? [];
  if (!job || !end || !mac) return null;
  const jobId: Id<'job'> = `job_${job}`;
  const until = Number(end) * 1000;
  const key = await signingKey(secret, PURPOSE);
  const good = await crypto.subtle.verify('HMAC', key, base64url.decode(mac), claim(jobId, end));
  return good && now < until ? { jobId, until } : null;
}
