import { useEffect, useRef, useState } from 'preact/hooks';
import type { EarlyWatch } from '../../../../schema/api/media.ts';
import type { Id } from '../../../../schema/ids.ts';
import type { Engine, Quality } from '../../../player/engine.ts';
import { jobs as calls } from '../../calls.ts';
import type { Failure } from '../../fresh-hook.ts';
import { pair, sides, type Clock, type Pair, type Player, type Side } from './pair.ts';

const still: Clock = { time: 0, duration: 0, playing: false, waiting: false, apart: 0 };

/**
 * Loads two versions, each by the job that made it, into two places, and plays them by one clock. Staff's tokens (ADR 0036): a version
 * need not be published.
 */
export function usePair(jobIds: Record<Side, Id<'job'> | null>, begun: number) {
  const places = { left: useRef<HTMLDivElement>(null), right: useRef<HTMLDivElement>(null) };
  const players = useRef<Partial<Record<Side, Player>>>({});
  const both = useRef<Pair | null>(null);
  const since = useRef(0);
  const [clock, setClock] = useState<Clock>(still);
  const [qualities, setQualities] = useState<Record<Side, Quality[]>>({ left: [], right: [] });
  const [failure, setFailure] = useState<Failure | null>(null);
  const [stopped, setStopped] = useState(false);
  useEffect(() => {
    const { left, right } = jobIds;
    if (begun === 0 || !left || !right) return undefined;
    let over = false;
    setStopped(false);
    void (async () => {
      const [one, two, { startHls }] = await Promise.all([
        calls.watch(left),
        calls.watch(right),
        import('../../../player/hls.ts'), // viewers' player code, fetched only by editors who watch
      ]);
      if (over) return;
      const refused = [one, two].find((answer) => !answer.ok);
      setFailure(refused && !refused.ok ? refused : null);
      if (!one.ok || !two.ok) return;
      const made = (side: Side, { masterUrl }: EarlyWatch): Player => {
        const video = document.createElement('video');
        video.playsInline = true;
        video.muted = side === 'right';
        video.disablePictureInPicture = true;
        places[side].current?.replaceChildren(video);
        let engine: Engine | null = null;
        engine = startHls({
          video,
          play: { masterUrl, credentials: false, chosen: { audio: null, subtitles: null }, subtitles: [] },
          startAt: since.current,
          onTracks: () =>
            setQualities((before) => ({ ...before, [side]: engine?.qualities() ?? before[side] })),
          onFailure: () => setStopped(true),
        });
        return { video, engine };
      };
      players.current = { left: made('left', one.value), right: made('right', two.value) };
      const { left: a, right: b } = players.current;
      if (a && b) both.current = pair({ left: a, right: b }, setClock);
    })();
    return () => {
      over = true;
      both.current?.end();
      both.current = null;
      for (const side of sides) {
        const player = players.current[side];
        if (side === 'left') since.current = player?.video.currentTime ?? since.current;
        player?.engine.destroy();
        player?.video.remove();
      }
      players.current = {};
      setClock(still);
      setQualities({ left: [], right: [] });
    };
  }, [jobIds.left, jobIds.right, begun]);
  return {
    places,
    clock,
    qualities,
    failure,
    stopped,
    toggle: () => both.current?.toggle(),
    pause: () => both.current?.pause(),
    seek: (to: number) => both.current?.seek(to),
    choose: (side: Side, quality: string | null) => {
      const player = players.current[side];
      if (player) player.engine.quality = quality;
    },
    hear: (heard: Side) => {
      for (const side of sides) {
        const player = players.current[side];
        if (player) player.video.muted = side !== heard;
      }
    },
  };
}
