import { useId, useState } from 'preact/hooks';
import { useDesk } from '../desk.ts';
import type { UploadFor } from '../uploader/queue.ts';

/** Takes videos for one episode: by dropping or by choosing. */
export function DropZone({ episode }: { episode: UploadFor }) {
  const { t, uploads } = useDesk();
  const id = useId();
  const [over, setOver] = useState(false);
  const [publish, setPublish] = useState(false);
  const take = (files: FileList | null | undefined) => {
    for (const file of files ?? []) uploads.add(file, episode, { publishWhenReady: publish });
  };
  return (
    <div
      class={over ? 'drop drop--over' : 'drop'}
      onDragOver={(event) => {
        if (!event.dataTransfer?.types.includes('Files')) return;
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={(event) => {
        event.preventDefault();
        setOver(false);
        take(event.dataTransfer?.files);
      }}
    >
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
          accept="video/*,.mkv,.mka,.ts,.m2ts,.mxf,.avi"
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
