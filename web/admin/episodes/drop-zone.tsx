import { useId, useState } from 'preact/hooks';
import { readFileName } from '../../../schema/file-name/read.ts';
import { useDesk } from '../desk.ts';
import { useFileDrop } from '../file-drop-hook.ts';
import { trackOf } from '../uploads/plan/send.ts';
import type { UploadFor } from '../uploader/queue.ts';

type Left = { name: string; why: 'uploads.needsLanguage' | 'uploads.notMedia' };

/** Takes files for one episode, by dropping or by choosing: its video, and side-cars that say their language in their names. */
export function DropZone({ episode }: { episode: UploadFor }) {
  const { t, uploads } = useDesk();
  const id = useId();
  const drop = useFileDrop(({ files }) => take(files));
  const [publish, setPublish] = useState(false);
  const [left, setLeft] = useState<readonly Left[]>([]);
  const take = (files: FileList | null | undefined) => {
    const read = [...(files ?? [])].map((file) => ({ file, ...readFileName(file.name) }));
    // A browser may know a video by another ending than we do.
    const isVideo = ({ file, kind }: (typeof read)[number]) =>
      kind === 'video' || file.type.startsWith('video/');
    let video: string | null = null;
    for (const { file } of read.filter(isVideo))
      video = uploads.add(file, episode, { publishWhenReady: publish });
    const missed: Left[] = [];
    for (const one of read.filter((other) => !isVideo(other))) {
      const { file, kind, track } = one;
      if (kind !== 'audio' && kind !== 'subtitles') missed.push({ name: file.name, why: 'uploads.notMedia' });
      else if (!track?.language) missed.push({ name: file.name, why: 'uploads.needsLanguage' });
      else {
        const facts = trackOf({ use: kind, language: track.language, role: track.role ?? '' });
        uploads.add(file, episode, { track: facts }, video);
      }
    }
    setLeft(missed);
  };
  return (
    <div class={drop.over ? 'drop drop--over' : 'drop'} {...drop.target}>
      <p class="drop__title">{t('uploads.drop')}</p>
      <p class="drop__choose">
        {t('uploads.or')}{' '}
        <label class="button button--outline button--small" for={`${id}-files`}>
          {t('uploads.choose')}
        </label>
        <input
          id={`${id}-files`}
          class="drop__input"
          type="file"
          multiple
          accept="video/*,audio/*,.mkv,.mka,.ts,.m2ts,.mxf,.avi,.ass,.ssa,.srt,.vtt"
          aria-describedby={`${id}-hint`}
          onChange={({ currentTarget }) => {
            take(currentTarget.files);
            currentTarget.value = ''; // so that the same file can be chosen again
          }}
        />
      </p>
      <p class="faint small" id={`${id}-hint`}>
        {t('uploads.dropHint')} {t('uploads.several')}
      </p>
      {left.map(({ name, why }) => (
        <p key={name} class="bad break" role="alert">
          {t(why, { name })}
        </p>
      ))}
      <label class="tick">
        <input
          type="checkbox"
          checked={publish}
          onChange={({ currentTarget }) => setPublish(currentTarget.checked)}
        />
        <span>
          {t('uploads.publish')} <span class="faint">{t('uploads.publishHint')}</span>
        </span>
      </label>
    </div>
  );
}
