import { useState } from 'preact/hooks';
import type { AdminTitle } from '../../../schema/api/editing.ts';
import type { Licence } from '../../../schema/api/rights.ts';
import { Button } from '../../ui/button.tsx';
import { licences as calls } from '../calls.ts';
import { useDesk } from '../desk.ts';
import { useFresh, type Failure } from '../fresh-hook.ts';
import { Confirm, FailureNotice, Heard, Section, Shown, State, type Tone } from '../parts.tsx';
import { LicenceForm } from './licence-form.tsx';
import { standing, whereOf, windowOf } from './territories.ts';

const tones: Record<ReturnType<typeof standing>, Tone> = { active: 'good', coming: 'warning', over: 'quiet' };

/** Where and when a title may be watched. */
export function Licences({ title }: { title: AdminTitle }) {
  const { t } = useDesk();
  const [said, setSaid] = useState('');
  const list = useFresh(`licences ${title.id}`, () => calls.list(title.id));
  return (
    <Section title={t('title.licences')}>
      <Heard text={said} />
      <Shown of={list}>
        {({ items }) => (
          <>
            {items.length === 0 ? (
              <p class="warn">{t('licences.none')}</p>
            ) : (
              <ul class="licences">
                {items.map((licence) => (
                  <Row key={licence.id} licence={licence} title={title} onRemoved={list.refresh} />
                ))}
              </ul>
            )}
            <details class="more" open={items.length === 0}>
              <summary>{t('licences.add')}</summary>
              <LicenceForm
                titleId={title.id}
                onAdded={() => {
                  setSaid(t('licences.added'));
                  void list.refresh();
                }}
              />
            </details>
          </>
        )}
      </Shown>
    </Section>
  );
}

function Row({
  licence,
  title,
  onRemoved,
}: {
  licence: Licence;
  title: AdminTitle;
  onRemoved: () => Promise<void>;
}) {
  const { t, format } = useDesk();
  const [asking, setAsking] = useState(false);
  const [failure, setFailure] = useState<Failure | null>(null);
  const where = whereOf(t, format, licence.territories);
  const state = standing(licence, Date.now());
  const remove = async () => {
    const answer = await calls.revoke(licence.id, 'Taken away in the dashboard');
    // Gone already: somebody else was faster.
    const gone = answer.ok || answer.problem?.status === 404;
    setFailure(gone ? null : answer);
    if (gone) await onRemoved();
  };
  const limits = [
    licence.maxHeight !== null && t('licences.upTo', { height: String(licence.maxHeight) }),
    licence.audioLanguages &&
      `${t('licences.audio')}: ${format.list(licence.audioLanguages.map(format.language))}`,
    licence.subtitleLanguages &&
      `${t('licences.subtitles')}: ${format.list(licence.subtitleLanguages.map(format.language))}`,
  ].filter(Boolean);
  return (
    <li class="licence">
      <div>
        <p class="licence__where">
          <strong>{where}</strong> <State tone={tones[state]}>{t(`licences.${state}`)}</State>
        </p>
        <p class="faint small">{[windowOf(t, format, licence), ...limits].join(' · ')}</p>
        {failure && <FailureNotice failure={failure} />}
      </div>
      <Button small look="plain" onClick={() => setAsking(true)}>
        {t('licences.remove')}
        <span class="only-heard">: {where}</span>
      </Button>
      {asking && (
        <Confirm
          title={t('licences.removeTitle')}
          text={t('licences.removeText', { where, title: title.names.main })}
          yes={t('licences.remove')}
          no={t('desk.cancel')}
          onYes={() => void remove()}
          onClose={() => setAsking(false)}
        />
      )}
    </li>
  );
}
