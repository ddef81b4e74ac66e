import { useState } from 'preact/hooks';
import type { AdminOffer } from '../../../schema/api/billing-admin.ts';
import type { AdminTitleDetail } from '../../../schema/api/editing.ts';
import { Button } from '../../ui/button.tsx';
import { Field, FieldFrame } from '../../ui/field.tsx';
import { problemAt, tie, useDraft, useSave } from '../form.ts';
import { SaveTrouble } from '../save-bar.tsx';
import { readPrices, writePrices } from './amounts.ts';
import { offers as calls } from './calls.ts';
import { useSay } from './words.ts';

const DAY_MS = 86_400_000;
const HOUR_MS = 3_600_000;

/** Offers a part of a title, or changes an offer. */
export function OfferForm({
  title,
  offer,
  onDone,
}: {
  title: AdminTitleDetail;
  offer: AdminOffer | null;
  onDone: () => void;
}) {
  const say = useSay();
  const [wrong, setWrong] = useState(false);
  const draft = useDraft(`engawa.draft.offer.${offer?.id ?? title.id}`, {
    part: '',
    '/kind': offer?.kind ?? 'rental',
    '/prices': offer ? writePrices(offer.prices) : '',
    '/beginWithinMs': String((offer?.beginWithinMs ?? 30 * DAY_MS) / DAY_MS),
    '/playsForMs': String((offer?.playsForMs ?? 48 * HOUR_MS) / HOUR_MS),
  });
  const of = draft.draft;
  const rental = of['/kind'] === 'rental';
  const save = useSave(
    () => {
      const fields = {
        kind: rental ? ('rental' as const) : ('purchase' as const),
        prices: readPrices(of['/prices'] ?? '') ?? {},
        sold: offer?.sold ?? true,
        ...(rental
          ? {
              beginWithinMs: Number(of['/beginWithinMs']) * DAY_MS,
              playsForMs: Number(of['/playsForMs']) * HOUR_MS,
            }
          : {}),
      };
      if (offer) return calls.change(offer.id, fields);
      const part = of['part'] ?? '';
      return calls.make(title.id, {
        ...fields,
        ...(part.startsWith('ep_') ? { episodeId: part } : part ? { season: Number(part) } : {}),
      });
    },
    () => {
      draft.clear();
      onDone();
    },
  );
  const tied = tie(draft);
  const problem = (pointer: string) => problemAt(save.failure?.problem, pointer);
  const seasons = [...new Set(title.episodeList.map(({ season }) => season))].toSorted((a, b) => a - b);
  const submit = (event: Event) => {
    const bad = readPrices(of['/prices'] ?? '') === null;
    setWrong(bad);
    if (bad) event.preventDefault();
    else void save.submit(event);
  };
  return (
    <form ref={save.form} class="form" onSubmit={submit}>
      <SaveTrouble failure={save.failure} fields={Object.keys(of)} />
      <div class="form__grid">
        {!offer && (
          <FieldFrame label={say('offers.part')}>
            {(frame) => (
              <select {...frame} {...tied('part')}>
                <option value="">{say('offers.whole')}</option>
                {seasons.map((season) => (
                  <option key={season} value={season}>
                    {say('offers.season', { season })}
                  </option>
                ))}
                {title.episodeList.map(({ id, season, number }) => (
                  <option key={id} value={id}>
                    {say('offers.episode', { season, number })}
                  </option>
                ))}
              </select>
            )}
          </FieldFrame>
        )}
        <FieldFrame label={say('offers.kind')}>
          {(frame) => (
            <select {...frame} {...tied('/kind')}>
              <option value="rental">{say('kind.rental')}</option>
              <option value="purchase">{say('kind.purchase')}</option>
            </select>
          )}
        </FieldFrame>
        <Field
          label={say('offers.prices')}
          hint={say('offers.pricesHint')}
          required
          problem={wrong ? say('offers.pricesWrong') : problem('/prices')}
          {...tied('/prices')}
        />
        {rental && (
          <>
            <Field
              label={say('offers.beginWithin')}
              type="number"
              min={1}
              required
              {...tied('/beginWithinMs')}
            />
            <Field label={say('offers.playsFor')} type="number" min={1} required {...tied('/playsForMs')} />
          </>
        )}
      </div>
      <div class="form__do">
        <Button type="submit" look="outline" disabled={save.busy}>
          {say(offer ? 'offers.save' : 'offers.add')}
        </Button>
      </div>
    </form>
  );
}
