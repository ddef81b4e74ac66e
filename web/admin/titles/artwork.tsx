import { useEffect, useId, useState } from 'preact/hooks';
import { imageRoles } from '../../../schema/catalog-terms.ts';
import type { AdminTitleDetail } from '../../../schema/api/editing.ts';
import { Button } from '../../ui/button.tsx';
import { titles as calls } from '../calls.ts';
import { useDesk } from '../desk.ts';
import type { Failure, Loaded } from '../fresh-hook.ts';
import { FailureNotice, Heard, Section } from '../parts.tsx';
import { pictureFacts, shapes, shortcomings, type PictureFacts } from './picture-file.ts';

type Role = (typeof imageRoles)[number];

/** Poster, backdrop and logo: what is there, and a preview before anything changes. */
export function Artwork({ title, loaded }: { title: AdminTitleDetail; loaded: Loaded<AdminTitleDetail> }) {
  const { t } = useDesk();
  return (
    <Section title={t('title.artwork')}>
      <div class="art">
        {imageRoles.map((role) => (
          <Slot key={role} role={role} title={title} loaded={loaded} />
        ))}
      </div>
    </Section>
  );
}

type Chosen = { file: File; address: string; facts: PictureFacts };

function Slot({
  role,
  title,
  loaded,
}: {
  role: Role;
  title: AdminTitleDetail;
  loaded: Loaded<AdminTitleDetail>;
}) {
  const { t } = useDesk();
  const id = useId();
  const [chosen, setChosen] = useState<Chosen | null>(null);
  const [state, setState] = useState<'unreadable' | 'sending' | 'saved' | null>(null);
  const [failure, setFailure] = useState<Failure | null>(null);
  const current = title[role];
  useEffect(() => () => void (chosen && URL.revokeObjectURL(chosen.address)), [chosen]);

  const take = async (file: File | undefined) => {
    if (!file) return;
    setFailure(null);
    try {
      const facts = await pictureFacts(file);
      setChosen({ file, address: URL.createObjectURL(file), facts });
      setState(null);
    } catch {
      setState('unreadable');
    }
  };
  const use = async ({ file, facts }: Chosen) => {
    setState('sending');
    const answer = await calls.putImage(title.id, role, file, facts);
    setState(answer.ok ? 'saved' : null);
    setFailure(answer.ok ? null : answer);
    if (!answer.ok) return;
    loaded.put({ ...title, [role]: answer.value });
    setChosen(null);
  };
  return (
    <div
      class={`art__slot art__slot--${role}`}
      onDragOver={(event) => event.dataTransfer?.types.includes('Files') && event.preventDefault()}
      onDrop={(event) => {
        event.preventDefault();
        void take(event.dataTransfer?.files[0]);
      }}
    >
      <h3>{t(`art.${role}`)}</h3>
      <div class={`art__frame art__frame--${role}`}>
        {chosen ? (
          <img src={chosen.address} alt={t('art.preview')} />
        ) : current ? (
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
      {chosen && <Facts chosen={chosen} role={role} />}
      <p class="faint small" id={`${id}-hint`}>
        {t(`art.${role}Hint`)}
      </p>
      <Heard text={state === 'saved' ? t('art.saved') : ''} />
      {state === 'unreadable' && (
        <p class="bad" role="alert">
          {t('art.unreadable')}
        </p>
      )}
      {failure && <FailureNotice failure={failure} />}
      <div class="art__do">
        {chosen && (
          <>
            <Button small look="primary" disabled={state === 'sending'} onClick={() => void use(chosen)}>
              {t(state === 'sending' ? 'art.using' : 'art.use')}
            </Button>
            <Button small look="plain" disabled={state === 'sending'} onClick={() => setChosen(null)}>
              {t('art.discard')}
            </Button>
          </>
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
            void take(currentTarget.files?.[0]);
            currentTarget.value = '';
          }}
        />
      </div>
    </div>
  );
}

function Facts({ chosen: { file, facts }, role }: { chosen: Chosen; role: Role }) {
  const { t, format } = useDesk();
  const shape = shapes[role];
  return (
    <div class="small">
      <p>
        {t('art.size', {
          width: String(facts.width),
          height: String(facts.height),
          bytes: format.bytes(file.size),
        })}
      </p>
      {shortcomings(facts, shape).map((what) => (
        <p key={what} class="warn">
          {what === 'small' ? t('art.small') : t('art.shape', { ratio: shape.ratioName })}
        </p>
      ))}
    </div>
  );
}
