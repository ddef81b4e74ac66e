import { useId, useState } from 'preact/hooks';
import { Button } from '../../ui/button.tsx';
import { titles as calls } from '../calls.ts';
import { useDesk } from '../desk.ts';
import { useFileDrop } from '../file-drop-hook.ts';
import type { Failure } from '../fresh-hook.ts';
import { FailureNotice } from '../parts.tsx';
import { useToasts } from '../toasts.tsx';
import { editing } from './calls.ts';
import { cropOf, sentSize, type View } from './crop.ts';
import { Cropper } from './cropper.tsx';
import { readyPicture, shapes, type Role } from './picture-file.ts';
import { ServedSizes } from './served-sizes.tsx';
import type { PartOf } from './title-parts.ts';
import { useSay } from './words.ts';

export type Chosen = { file: File; bitmap: ImageBitmap; view: View };

/** One place of artwork: what is there, or the new picture being cut. */
export function ArtworkSlot({
  role,
  title,
  loaded,
  chosen,
  unreadable,
  take,
  put,
}: PartOf & {
  role: Role;
  chosen: Chosen | null;
  unreadable: boolean;
  take: (file: File | undefined) => void;
  put: (next: Chosen | null) => void;
}) {
  const { t } = useDesk();
  const say = useSay();
  const toasts = useToasts();
  const id = useId();
  const drop = useFileDrop(({ files }) => take(files[0]));
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<Failure | null>(null);
  const current = title[role];
  const use = async ({ view, ...picture }: Chosen) => {
    setBusy(true);
    const { file, facts } = await readyPicture(picture, view, cropOf(picture.bitmap, view), shapes[role]);
    const send = (revision: number) => editing.putImage(title.id, role, file, facts, revision);
    let answer = await send(title.revision);
    if (!answer.ok && answer.problem?.code === 'changed-meanwhile') {
      const now = await calls.read(title.id);
      // Whatever else was changed: the picture that this one takes the place of is still the one that was seen.
      if (now.ok && now.value[role]?.src === current?.src) answer = await send(now.value.revision);
    }
    setBusy(false);
    setFailure(answer.ok ? null : answer);
    if (!answer.ok) return loaded.refresh();
    put(null);
    toasts.undoable(t('art.saved'), answer, loaded.refresh);
    await loaded.refresh();
  };
  const remove = async () => {
    setBusy(true);
    const answer = await editing.dropImage(title.id, role, title.revision);
    setBusy(false);
    setFailure(answer.ok ? null : answer);
    if (answer.ok) toasts.undoable(say('art.removed'), answer, loaded.refresh);
    await loaded.refresh();
  };
  return (
    <div class={drop.over ? 'art__slot art__slot--over' : 'art__slot'} data-role={role} {...drop.target}>
      <h3>{t(`art.${role}`)}</h3>
      {chosen ? (
        <>
          <Cropper
            bitmap={chosen.bitmap}
            view={chosen.view}
            free={shapes[role].ratio === null}
            onView={(view) => put({ ...chosen, view })}
          />
          <Facts chosen={chosen} role={role} />
        </>
      ) : (
        <div class={`art__frame art__frame--${role}`}>
          {current ? (
            <img
              src={current.src}
              width={current.width}
              height={current.height}
              alt={t('art.current', { role: t(`art.${role}`), name: title.names.main })}
              loading="lazy"
            />
          ) : (
            <p class="faint">{t('art.empty')}</p>
          )}
        </div>
      )}
      <p class="faint small" id={`${id}-hint`}>
        {t(`art.${role}Hint`)}
      </p>
      {unreadable && (
        <p class="bad" role="alert">
          {t('art.unreadable')}
        </p>
      )}
      {failure && <FailureNotice failure={failure} />}
      <div class="art__do">
        {chosen && (
          <>
            <Button small look="primary" disabled={busy} onClick={() => void use(chosen)}>
              {t(busy ? 'art.using' : 'art.use')}
            </Button>
            <Button small look="plain" disabled={busy} onClick={() => put(null)}>
              {t('art.discard')}
            </Button>
          </>
        )}
        {!chosen && current && (
          <Button
            small
            look="plain"
            disabled={busy}
            aria-label={say('art.remove', { role: t(`art.${role}`) })}
            onClick={() => void remove()}
          >
            {say('people.removeShort')}
          </Button>
        )}
        <label class="button button--outline button--small" for={`${id}-file`} hidden={chosen !== null}>
          {t(current ? 'art.replace' : 'art.choose')}
          <span class="only-heard">: {t(`art.${role}`)}</span>
        </label>
        <input
          id={`${id}-file`}
          class="drop__input"
          type="file"
          hidden={chosen !== null}
          accept="image/jpeg,image/png,image/webp,image/avif"
          aria-describedby={`${id}-hint`}
          onChange={({ currentTarget }) => {
            take(currentTarget.files?.[0]);
            currentTarget.value = '';
          }}
        />
      </div>
      {chosen && <ServedSizes bitmap={chosen.bitmap} view={chosen.view} role={role} />}
      {!chosen && current && (
        <p class="faint small">
          {say('art.has', { width: String(current.width), height: String(current.height) })}
        </p>
      )}
    </div>
  );
}

/** The size of what will be sent, and what is wrong with it: too few pixels look soft, and nothing keeps them from being used. */
function Facts({ chosen: { bitmap, view }, role }: { chosen: Chosen; role: Role }) {
  const { t } = useDesk();
  const say = useSay();
  const { width, height } = sentSize(cropOf(bitmap, view), shapes[role].maxWidth);
  return (
    <div class="small">
      <p>{say('art.part', { width: String(width), height: String(height) })}</p>
      {width < shapes[role].minWidth && <p class="warn">{t('art.small')}</p>}
    </div>
  );
}
