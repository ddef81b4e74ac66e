import { useId, useState } from 'preact/hooks';
import type { UploadCard } from '../../../schema/api/ingest.ts';
import type { Id } from '../../../schema/ids.ts';
import { Button } from '../../ui/button.tsx';
import { uploads as calls } from '../calls.ts';
import { useConfirm } from '../confirm.tsx';
import { useDesk } from '../desk.ts';
import type { Failure } from '../fresh-hook.ts';
import { FailureNotice, Progress } from '../parts.tsx';
import { at } from '../places.ts';
import { useSay } from './words.ts';

/** Uploads that this tab does not send: whoever has the file goes on with them. */
export function OpenUploads({
  items,
  onGone,
}: {
  items: readonly UploadCard[];
  onGone: (id: Id<'upload'>) => void;
}) {
  return (
    <ul class="uploads">
      {items.map((upload) => (
        <OpenUpload key={upload.id} upload={upload} onGone={() => onGone(upload.id)} />
      ))}
    </ul>
  );
}

type Trouble = 'open.otherFile' | 'open.unreadable' | null;

function OpenUpload({ upload, onGone }: { upload: UploadCard; onGone: () => void }) {
  const { t, format, uploads } = useDesk();
  const say = useSay();
  const confirm = useConfirm();
  const id = useId();
  const [trouble, setTrouble] = useState<Trouble>(null);
  const [checking, setChecking] = useState(false);
  const [failure, setFailure] = useState<Failure | null>(null);
  const { fileName: name, bytes, episodeId, titleId, track, publishWhenReady } = upload;
  const label = t('job.heading', { title: upload.titleName, season: upload.season, episode: upload.episode });
  const take = async (file: File | undefined) => {
    if (!file) return;
    setChecking(true);
    const print = file.size === bytes ? await uploads.fingerprint(file).catch(() => null) : '';
    setChecking(false);
    if (print === null) return setTrouble('open.unreadable');
    if (print !== upload.fingerprint) return setTrouble('open.otherFile');
    uploads.add(file, { episodeId, titleId, label }, { publishWhenReady, track });
  };
  const giveUp = async () => {
    const question = { title: t('uploads.giveUpTitle'), text: t('uploads.giveUpText', { name }) };
    if (!(await confirm({ ...question, yes: t('uploads.giveUp'), no: t('uploads.keep') }))) return;
    const answer = await calls.giveUp(upload.id);
    if (answer.ok) onGone();
    else setFailure(answer);
  };
  const share = upload.receivedParts / upload.parts;
  return (
    <li class="upload">
      <div class="upload__head">
        <p class="break">
          <strong>{name}</strong>{' '}
          <a class="faint" href={at('episode', { id: titleId, episode: episodeId })}>
            {label}
          </a>
        </p>
      </div>
      {upload.state === 'open' && <Progress label={t('uploads.of', { name })} share={share} />}
      <div class="upload__foot">
        <p class="faint small">
          {[
            format.bytes(bytes),
            upload.state === 'open' && say('open.there', { share: format.percent(share) }),
            track && `${t(`uploads.track.${track.kind}`)} (${track.language})`,
            say('open.expires', { date: format.dateTime(upload.expiresAt) }),
          ]
            .filter(Boolean)
            .join(' · ')}
        </p>
        <div class="upload__do">
          {upload.state === 'open' && upload.fingerprint && (
            <>
              <label class="button button--outline button--small" for={id}>
                {say(checking ? 'open.checking' : 'open.choose')} <span class="only-heard">{name}</span>
              </label>
              <input
                id={id}
                class="drop__input"
                type="file"
                aria-describedby={trouble ? `${id}-wrong` : undefined}
                onChange={({ currentTarget }) => {
                  void take(currentTarget.files?.[0]);
                  currentTarget.value = '';
                }}
              />
            </>
          )}
          <Button small look="plain" onClick={() => void giveUp()}>
            {t('uploads.giveUp')} <span class="only-heard">{name}</span>
          </Button>
        </div>
      </div>
      {trouble && (
        <p class="bad" id={`${id}-wrong`} role="alert">
          {say(trouble, { name, bytes: format.bytes(bytes) })}
        </p>
      )}
      {failure && <FailureNotice failure={failure} />}
    </li>
  );
}
