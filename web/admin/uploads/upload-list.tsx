import { useEffect, useRef } from 'preact/hooks';
import { Button, ButtonLink } from '../../ui/button.tsx';
import { useConfirm } from '../confirm.tsx';
import { useDesk, type Say } from '../desk.ts';
import { FailureNotice, Heard, Progress, State, type Tone } from '../parts.tsx';
import { at } from '../places.ts';
import type { QueueItem } from '../uploader/queue.ts';

const tones: Record<QueueItem['state'], Tone> = {
  waiting: 'quiet',
  sending: 'busy',
  paused: 'warning',
  stopped: 'danger',
  held: 'good',
  done: 'good',
};

/** Uploads of this tab. `onDone` is told when one of them has become a job. */
export function UploadList({ items, onDone }: { items: readonly QueueItem[]; onDone?: () => unknown }) {
  const done = items
    .flatMap(({ upload, state }) => (state === 'done' || state === 'held' ? upload!.id : []))
    .join(' ');
  const before = useRef('');
  useEffect(() => {
    if (done && done !== before.current) onDone?.();
    before.current = done;
  }, [done]);
  if (items.length === 0) return null;
  return (
    <ul class="uploads">
      {items.map((item) => (
        <UploadRow key={item.key} item={item} />
      ))}
    </ul>
  );
}

function UploadRow({ item }: { item: QueueItem }) {
  const { t, format, uploads } = useDesk();
  const confirm = useConfirm();
  const giveUp = async () => {
    const question = {
      title: t('uploads.giveUpTitle'),
      text: t('uploads.giveUpText', { name: item.file.name }),
    };
    if (await confirm({ ...question, yes: t('uploads.giveUp'), no: t('uploads.keep') }))
      await uploads.cancel(item.key);
  };
  const { key, state, sent, file, stop } = item;
  const share = file.size > 0 ? sent / file.size : 0;
  return (
    <li class="upload">
      <Heard text={heard(t, item, share, format.percent)} />
      <div class="upload__head">
        <p class="break">
          <strong>{file.name}</strong>{' '}
          <a class="faint" href={at('episode', { id: item.titleId, episode: item.episodeId })}>
            {item.label}
          </a>
        </p>
        <State tone={tones[state]}>{t(`uploads.state.${state}`)}</State>
      </div>
      {state !== 'done' && state !== 'held' && (
        <Progress label={t('uploads.of', { name: file.name })} share={share} />
      )}
      <div class="upload__foot">
        <p class="faint small">
          {[
            t('uploads.progress', { sent: format.bytes(sent), total: format.bytes(file.size) }),
            item.speed && t('uploads.speed', { speed: format.bytes(item.speed) }),
            item.left !== null && t('uploads.left', { time: format.duration(item.left) }),
            item.purpose.publishWhenReady && t('uploads.publish'),
            item.purpose.track && t(`uploads.track.${item.purpose.track.kind}`),
          ]
            .filter(Boolean)
            .join(' · ')}
        </p>
        <div class="upload__do">
          {(state === 'sending' || state === 'waiting') && (
            <Button small look="outline" onClick={() => uploads.pause(key)}>
              {t('uploads.pause')}
            </Button>
          )}
          {(state === 'paused' || state === 'stopped') && (
            <Button small look="primary" onClick={() => uploads.resume(key)}>
              {t('uploads.resume')}
            </Button>
          )}
          {state !== 'done' && state !== 'held' && (
            <Button small look="plain" onClick={() => void giveUp()}>
              {t('uploads.giveUp')}
            </Button>
          )}
          {(state === 'done' || state === 'held') && (
            <Button small look="plain" onClick={() => uploads.dismiss(key)}>
              {t('desk.dismiss')}
            </Button>
          )}
          {item.jobId && (
            <ButtonLink small look="primary" href={at('job', { id: item.jobId })}>
              {t('uploads.seeJob')}
            </ButtonLink>
          )}
        </div>
      </div>
      {state === 'held' && <p class="faint small">{t('uploads.heldText')}</p>}
      {item.upload?.checksum && (
        <p class="faint small break">{t('uploads.checksum', { checksum: item.upload.checksum })}</p>
      )}
      {stop &&
        (stop.reason === 'refused' ? (
          <FailureNotice failure={{ ok: false, problem: stop.problem }} />
        ) : (
          <p class="bad">{t(`uploads.stop.${stop.reason}`)}</p>
        ))}
    </li>
  );
}

/** What a screen reader is told: each quarter and each change of state, not each byte. */
function heard(
  t: Say,
  { file, state }: QueueItem,
  share: number,
  percent: (share: number) => string,
): string {
  if (state === 'done') return t('uploads.heardDone', { name: file.name });
  if (state !== 'sending') return `${file.name}: ${t(`uploads.state.${state}`)}`;
  return t('uploads.heard', { name: file.name, percent: percent(Math.floor(share * 4) / 4) });
}
