import { useState } from 'preact/hooks';
import type { Campaign } from '../../../schema/api/ads.ts';
import type { Id } from '../../../schema/ids.ts';
import type { Answer } from '../../api.ts';
import { Button } from '../../ui/button.tsx';
import { Notice } from '../../ui/notice.tsx';
import { useConfirm } from '../confirm.tsx';
import { useDesk } from '../desk.ts';
import { useFresh, type Failure, type Loaded } from '../fresh-hook.ts';
import { go } from '../navigation.ts';
import { Heading, Section, Shown, State } from '../parts.tsx';
import { at } from '../places.ts';
import { SaveTrouble } from '../save-bar.tsx';
import { useToasts } from '../toasts.tsx';
import { campaigns as calls } from './calls.ts';
import { campaignDraft } from './campaign-draft.ts';
import { CampaignForm } from './campaign-form.tsx';
import { CampaignFigures } from './campaign-figures.tsx';
import { timeOf, tones } from './campaigns.tsx';
import { useSay } from './words.ts';

/** One campaign: how it stands, what came of it, and what it is. */
export function CampaignPage({ id }: { id: Id<'campaign'> }) {
  const { format } = useDesk();
  const say = useSay();
  const toasts = useToasts();
  const campaign = useFresh(`campaign ${id}`, () => calls.read(id));
  return (
    <>
      <Heading
        title={campaign.value?.name ?? say('ads.title')}
        trail={[{ href: at('ads'), name: say('ads.title') }]}
      >
        {campaign.value && <Doing campaign={campaign.value} loaded={campaign} />}
      </Heading>
      <Shown of={campaign}>
        {(value) => (
          <>
            <p>
              <State tone={tones[value.state]}>{say(`state.${value.state}`)}</State>{' '}
              <span class="faint">
                {value.advertiser} · {timeOf(say, format.date, value)}
              </span>
            </p>
            {value.creative?.fault && (
              <Notice tone="warning" title={say('creative.fault')}>
                <p>{say(`fault.${value.creative.fault}`, { seconds: 90 })}</p>
              </Notice>
            )}
            {value.state !== 'draft' && <CampaignFigures campaign={value} />}
            <Section title={say('campaign.settings')}>
              {value.state === 'ended' ? (
                <p class="faint">{say('campaign.endedText')}</p>
              ) : (
                <CampaignForm
                  key={value.updatedAt}
                  name={id}
                  saved={campaignDraft(value)}
                  creative={value.creative}
                  word={say('form.save')}
                  send={(fields) => calls.change(id, fields)}
                  onSaved={() => {
                    toasts.say(say('form.saved'));
                    void campaign.refresh();
                  }}
                />
              )}
            </Section>
          </>
        )}
      </Shown>
    </>
  );
}

/** Starts, pauses, ends; a draft can be deleted. What cannot be taken back is asked first. */
function Doing({ campaign, loaded }: { campaign: Campaign; loaded: Loaded<Campaign> }) {
  const say = useSay();
  const confirm = useConfirm();
  const toasts = useToasts();
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<Failure | null>(null);
  const { id, name, state } = campaign;
  const act = async <T,>(ask: () => Promise<Answer<T>>, done: string, then?: () => void) => {
    setBusy(true);
    const answer = await ask();
    setBusy(false);
    setFailure(answer.ok ? null : answer);
    if (!answer.ok) return;
    toasts.say(done);
    if (then) then();
    else await loaded.refresh();
  };
  const ended = async () => {
    const sure = await confirm({
      title: say('end.title', { name }),
      text: say('end.text'),
      yes: say('end.do'),
    });
    if (sure) await act(() => calls.end(id), say('end.done'));
  };
  const dropped = async () => {
    const sure = await confirm({
      title: say('drop.title', { name }),
      text: say('drop.text'),
      yes: say('drop.do'),
    });
    if (sure)
      await act(
        () => calls.drop(id),
        say('drop.done'),
        () => go(at('ads')),
      );
  };
  return (
    <>
      {(state === 'draft' || state === 'paused') && (
        <Button
          look="primary"
          disabled={busy}
          onClick={() => void act(() => calls.start(id), say('start.done'))}
        >
          {say(state === 'draft' ? 'start.do' : 'start.again')}
        </Button>
      )}
      {state === 'running' && (
        <Button
          look="outline"
          disabled={busy}
          onClick={() => void act(() => calls.pause(id), say('pause.done'))}
        >
          {say('pause.do')}
        </Button>
      )}
      {(state === 'running' || state === 'paused') && (
        <Button look="danger" disabled={busy} onClick={() => void ended()}>
          {say('end.do')}
        </Button>
      )}
      {state === 'draft' && (
        <Button look="plain" disabled={busy} onClick={() => void dropped()}>
          {say('drop.do')}
        </Button>
      )}
      {/* A start is refused for what is missing: each in its words, where the buttons are. */}
      <SaveTrouble failure={failure} fields={[]} />
    </>
  );
}
