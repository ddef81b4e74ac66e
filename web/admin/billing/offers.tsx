import { useState } from 'preact/hooks';
import type { AdminOffer } from '../../../schema/api/billing-admin.ts';
import type { AdminTitleDetail } from '../../../schema/api/editing.ts';
import { writtenMoney } from '../../../schema/written-money.ts';
import { Button } from '../../ui/button.tsx';
import { useDesk } from '../desk.ts';
import { useFresh, type Failure } from '../fresh-hook.ts';
import { FailureNotice, Section, Shown, State } from '../parts.tsx';
import { offers as calls } from './calls.ts';
import { OfferForm } from './offer-form.tsx';
import { saying, useSay } from './words.ts';

/** What a title, its seasons and its episodes can be rented and bought for. */
export const offersPart = saying(({ title }: { title: AdminTitleDetail }) => {
  const say = useSay();
  const list = useFresh(`offers ${title.id}`, () => calls.list(title.id));
  const again = () => void list.refresh();
  return (
    <Section title={say('offers.title')}>
      <p class="faint">{say('offers.text')}</p>
      <Shown of={list}>
        {({ items }) => (
          <ul class="licences">
            {items.map((offer) => (
              <Row key={`${offer.id} ${offer.updatedAt}`} offer={offer} title={title} onDone={again} />
            ))}
          </ul>
        )}
      </Shown>
      <details class="more">
        <summary>{say('offers.add')}</summary>
        <OfferForm title={title} offer={null} onDone={again} />
      </details>
    </Section>
  );
});

function Row({ offer, title, onDone }: { offer: AdminOffer; title: AdminTitleDetail; onDone: () => void }) {
  const { format, visit } = useDesk();
  const say = useSay();
  const [editing, setEditing] = useState(false);
  const [failure, setFailure] = useState<Failure | null>(null);
  const episode = title.episodeList.find(({ id }) => id === offer.episodeId);
  const part = episode
    ? say('offers.episode', { season: episode.season, number: episode.number })
    : offer.season === null
      ? say('offers.whole')
      : say('offers.season', { season: offer.season });
  const name = `${part} · ${say(`kind.${offer.kind}`)}`;
  const costs = Object.entries(offer.prices).map(([currency, amount]) =>
    writtenMoney(visit.language, { amount, currency }),
  );
  const toggle = async () => {
    const { kind, beginWithinMs, playsForMs, prices, sold } = offer;
    const answer = await calls.change(offer.id, { kind, beginWithinMs, playsForMs, prices, sold: !sold });
    setFailure(answer.ok ? null : answer);
    if (answer.ok) onDone();
  };
  return (
    <li class="licence">
      <div>
        <p>
          <strong>{name}</strong>{' '}
          <State tone={offer.sold ? 'good' : 'quiet'}>
            {say(offer.sold ? 'plan.isSold' : 'plan.notSold')}
          </State>
        </p>
        <p class="faint small">{format.list(costs)}</p>
        {failure && <FailureNotice failure={failure} />}
        {editing && <OfferForm title={title} offer={offer} onDone={onDone} />}
      </div>
      <div class="heading__do">
        <Button small look="plain" onClick={() => setEditing(!editing)}>
          {say('offers.change')}
          <span class="only-heard">: {name}</span>
        </Button>
        <Button small look="plain" onClick={() => void toggle()}>
          {say(offer.sold ? 'offers.stop' : 'offers.sell')}
          <span class="only-heard">: {name}</span>
        </Button>
      </div>
    </li>
  );
}
