import { useEffect, useRef, useState } from 'preact/hooks';
import type { JobView } from '../../../schema/api/ingest.ts';
import type { EarlyWatch as Grant } from '../../../schema/api/media.ts';
import type { Engine } from '../../player/engine.ts';
import { Button } from '../../ui/button.tsx';
import { Notice } from '../../ui/notice.tsx';
import { jobs as calls } from '../calls.ts';
import { useDesk } from '../desk.ts';
import type { Failure } from '../fresh-hook.ts';
import { FailureNotice, Section } from '../parts.tsx';

/** Whether there is anything to see: the head of the film, or the whole. */
export const isWatchable = ({
  state,
  purpose,
  tasks,
}: Pick<JobView, 'state' | 'purpose' | 'tasks'>): boolean =>
  state === 'ready' ||
  (purpose === 'encode' &&
    (state === 'probing' || state === 'encoding' || state === 'packaging') &&
    tasks.some(({ kind, part, state }) => kind === 'video-chunk' && part === '0' && state === 'done'));

/** An editor watches what is encoded so far: the film grows while it plays. */
export function EarlyWatch({ job }: { job: JobView }) {
  const { t, format } = useDesk();
  const [grant, setGrant] = useState<Grant | null>(null);
  const [failure, setFailure] = useState<Failure | null>(null);
  const [stopped, setStopped] = useState(false);
  const [busy, setBusy] = useState(false);
  // What there is grows while it is watched; the player reads it from the playlist.
  const [available, setAvailable] = useState(0);
  const position = useRef(0);
  const start = async () => {
    setBusy(true);
    const answer = await calls.watch(job.id);
    setFailure(answer.ok ? null : answer);
    setStopped(false);
    if (answer.ok) setGrant(answer.value);
    setBusy(false);
  };
  // A playlist says what there is when it is fetched: with a track that is done since then, it is fetched anew.
  const tracks = job.tasks.filter(({ kind, state }) => kind === 'audio' && state === 'done').length;
  useEffect(() => {
    if (grant && tracks > grant.audio.length) void start();
  }, [tracks]);
  const there = grant ? Math.max(grant.available, available) : 0;
  return (
    <Section title={t('early.title')}>
      {grant ? (
        <>
          <p class="faint">
            {there < grant.duration - 1 &&
              t('early.available', {
                available: format.duration(there),
                duration: format.duration(grant.duration),
              })}{' '}
            {grant.audio.length === 0 && t('early.silent')}
          </p>
          <Film
            key={grant.masterUrl}
            grant={grant}
            position={position}
            onGrown={setAvailable}
            onStopped={() => setStopped(true)}
          />
          {stopped && (
            <Notice tone="warning" title={t('early.stopped')}>
              <Button small look="outline" onClick={() => void start()}>
                {t('early.again')}
              </Button>
            </Notice>
          )}
        </>
      ) : (
        <p>
          <Button look="outline" disabled={busy} onClick={() => void start()}>
            {t(job.state === 'ready' ? 'early.watchReady' : 'early.watch')}
          </Button>
        </p>
      )}
      {failure && <FailureNotice failure={failure} />}
    </Section>
  );
}

function Film({
  grant,
  position,
  onGrown,
  onStopped,
}: {
  grant: Grant;
  /** Where to go on, and where it stands. */
  position: { current: number };
  /** Told how many seconds there are. */
  onGrown: (seconds: number) => void;
  onStopped: () => void;
}) {
  const { t } = useDesk();
  const place = useRef<HTMLDivElement>(null);
  useEffect(() => {
    // Its captions are the playlist's own.
    const video = document.createElement('video');
    video.className = 'early';
    video.controls = true;
    video.playsInline = true;
    video.setAttribute('aria-label', t('early.title'));
    place.current?.append(video);
    video.addEventListener('durationchange', () => {
      if (Number.isFinite(video.duration)) onGrown(video.duration);
    });
    let engine: Engine | null = null;
    let left = false;
    // Viewers' player code, fetched only by editors who watch.
    void import('../../player/hls.ts').then(({ startHls }) => {
      if (left) return;
      const { masterUrl } = grant;
      const startAt = position.current;
      const play = { masterUrl, credentials: false, chosen: { audio: null, subtitles: null }, subtitles: [] };
      engine = startHls({ video, play, startAt, onTracks: () => undefined, onFailure: onStopped });
      void video.play().catch(() => undefined); // refused where the browser wants a click first
    });
    return () => {
      left = true;
      position.current = video.currentTime || position.current;
      engine?.destroy();
      video.remove();
    };
  }, [grant.masterUrl]);
  return <div ref={place} />;
}
