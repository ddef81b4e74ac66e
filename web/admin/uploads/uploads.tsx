import { useId, useState } from 'preact/hooks';
import { ButtonLink, Button } from '../../ui/button.tsx';
import { useDesk } from '../desk.ts';
import { Confirm, Empty, Heading, Section } from '../parts.tsx';
import { at } from '../places.ts';
import { fingerprint, type Remembered } from '../uploader/memory.ts';
import { UploadList } from './upload-list.tsx';
import { useUploads } from './use-uploads.ts';

/** What this tab uploads, and what stopped when another was closed. */
export function UploadsPage() {
  const { t, uploads } = useDesk();
  const items = useUploads();
  const leftovers = uploads.leftovers();
  return (
    <>
      <Heading title={t('uploads.title')} />
      {items.length > 0 ? (
        <UploadList items={items} />
      ) : (
        <Empty title={t('uploads.none')}>
          <p>{t('uploads.noneText')}</p>
          <ButtonLink look="outline" href={at('titles')}>
            {t('overview.allTitles')}
          </ButtonLink>
        </Empty>
      )}
      {leftovers.length > 0 && (
        <Section title={t('uploads.leftovers')}>
          <p>{t('uploads.leftoversText')}</p>
          <ul class="uploads">
            {leftovers.map(([key, upload]) => (
              <Leftover key={key} print={key} upload={upload} />
            ))}
          </ul>
        </Section>
      )}
    </>
  );
}

function Leftover({ print, upload }: { print: string; upload: Remembered }) {
  const { t, format, uploads } = useDesk();
  const id = useId();
  const [wrong, setWrong] = useState(false);
  const [asking, setAsking] = useState(false);
  const name = upload.fileName;
  const take = (file: File | undefined) => {
    if (!file) return;
    // The same bytes cannot be proved without reading them all; name, size and date are what the first tab kept.
    const same = fingerprint(file, upload.episodeId) === print;
    setWrong(!same);
    if (same) uploads.add(file, upload, upload.purpose);
  };
  return (
    <li class="upload">
      <div class="upload__head">
        <p class="break">
          <strong>{name}</strong> <span class="faint">{upload.label}</span>
        </p>
      </div>
      <div class="upload__foot">
        <p class="faint small">
          {format.bytes(upload.bytes)} · {t('uploads.expires', { date: format.dateTime(upload.expiresAt) })}
        </p>
        <div class="upload__do">
          <label class="button button--outline button--small" for={id}>
            {t('uploads.chooseAgain')}
          </label>
          <input
            id={id}
            class="drop__input"
            type="file"
            aria-describedby={wrong ? `${id}-wrong` : undefined}
            onChange={({ currentTarget }) => {
              take(currentTarget.files?.[0]);
              currentTarget.value = '';
            }}
          />
          <Button small look="plain" onClick={() => setAsking(true)}>
            {t('uploads.giveUp')}
          </Button>
        </div>
      </div>
      {wrong && (
        <p class="bad" id={`${id}-wrong`} role="alert">
          {t('uploads.otherFile', { name, bytes: format.bytes(upload.bytes) })}
        </p>
      )}
      {asking && (
        <Confirm
          title={t('uploads.giveUpTitle')}
          text={t('uploads.giveUpText', { name })}
          yes={t('uploads.giveUp')}
          no={t('uploads.keep')}
          onYes={() => void uploads.cancel(print)}
          onClose={() => setAsking(false)}
        />
      )}
    </li>
  );
}
