import { useId, useState } from 'preact/hooks';
import { Button } from '../../../ui/button.tsx';
import { useDesk } from '../../desk.ts';
import { useFileDrop } from '../../file-drop-hook.ts';
import { FailureNotice, Section } from '../../parts.tsx';
import { useSay } from '../words.ts';
import { chosenFiles, droppedFiles } from './dropped.ts';
import { PlanGroup } from './plan-group.tsx';
import { usePlan } from './plan-hook.ts';

/** Brings in many files at once: dropped or chosen, read by their names, put right in one table, then sent. */
export function PlanSection() {
  const { t } = useDesk();
  const say = useSay();
  const id = useId();
  const plan = usePlan();
  const drop = useFileDrop((dropped) => void droppedFiles(dropped).then(plan.add));
  const [publish, setPublish] = useState(false);
  const { groups, going, unclear, busy } = plan;
  const pick = (folder: boolean) => (
    <>
      <label class="button button--outline" for={`${id}-${folder}`}>
        {say(folder ? 'bring.folder' : 'bring.files')}
      </label>
      <input
        id={`${id}-${folder}`}
        class="drop__input"
        type="file"
        multiple
        aria-describedby={`${id}-hint`}
        {...(folder ? { webkitdirectory: true } : {})}
        onChange={({ currentTarget }) => {
          void plan.add(chosenFiles(currentTarget.files ?? []));
          currentTarget.value = ''; // so that the same can be chosen again
        }}
      />
    </>
  );
  return (
    <>
      <div class={drop.over ? 'drop drop--over' : 'drop'} {...drop.target}>
        <p class="drop__title">{say('bring.drop')}</p>
        <div class="plan__choose">
          {pick(false)}
          {pick(true)}
        </div>
        <p class="faint small" id={`${id}-hint`}>
          {say('bring.hint')}
        </p>
      </div>
      <output class="only-heard">{busy ? say('plan.reading') : ''}</output>
      {groups.length > 0 && (
        <Section title={say('plan.title')}>
          <p>{say('plan.text')}</p>
          {groups.map((group) => (
            <PlanGroup key={group.name} group={group} plan={plan} />
          ))}
          {plan.failure && <FailureNotice failure={plan.failure} />}
          <div class="plan__do">
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
            <output class={unclear > 0 ? 'bad' : 'faint'}>
              {unclear > 0 ? say('plan.unclear', { count: unclear }) : ''}
            </output>
            <Button look="plain" onClick={plan.clear}>
              {say('plan.clear')}
            </Button>
            {unclear > 0 && (
              <Button look="outline" onClick={plan.leaveOut}>
                {say('plan.leaveOut')}
              </Button>
            )}
            <Button
              look="primary"
              disabled={busy || unclear > 0 || going === 0}
              onClick={() => void plan.send(publish)}
            >
              {say('plan.send', { count: going })}
            </Button>
          </div>
        </Section>
      )}
    </>
  );
}
