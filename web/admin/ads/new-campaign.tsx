import { Heading } from '../parts.tsx';
import { go } from '../navigation.ts';
import { at } from '../places.ts';
import { useToasts } from '../toasts.tsx';
import { campaigns as calls } from './calls.ts';
import { blankCampaign } from './campaign-draft.ts';
import { CampaignForm } from './campaign-form.tsx';
import { useSay } from './words.ts';

/** A campaign begins as a draft: nothing of it is shown until somebody starts it. */
export function NewCampaignPage() {
  const say = useSay();
  const toasts = useToasts();
  return (
    <>
      <Heading title={say('new.title')} trail={[{ href: at('ads'), name: say('ads.title') }]} />
      <p class="faint">{say('new.text')}</p>
      <CampaignForm
        name="new"
        saved={blankCampaign}
        creative={null}
        word={say('new.make')}
        send={calls.create}
        onSaved={(made) => {
          toasts.say(say('new.made', { name: made.name }));
          go(at('campaign', { id: made.id }));
        }}
      />
    </>
  );
}
