import { useState } from 'preact/hooks';
import type { Gift, MadeGifts, Promotion } from '../../../schema/api/billing-admin.ts';
import { writtenMoney } from '../../../schema/written-money.ts';
import { Button } from '../../ui/button.tsx';
import { useConfirm } from '../confirm.tsx';
import { useDesk } from '../desk.ts';
import { useFresh, type Failure } from '../fresh-hook.ts';
import { usePages } from '../pages-hook.ts';
import { Empty, FailureNotice, Heading, Section, Shown, State } from '../parts.tsx';
import { LongTable } from '../table/long-table.tsx';
import { gifts, promotions } from './calls.ts';
import { GiftForm } from './gift-form.tsx';
import { MadeCodes } from './made-codes.tsx';
import { PromotionForm } from './promotion-form.tsx';
import { PlanTabs } from './tabs.tsx';
import { useSay } from './words.ts';

/** Codes that give a plan for some days, and codes that take something off a price. */
export function CodesPage() {
  const say = useSay();
  return (
    <>
      <Heading title={say('codes.title')} />
      <PlanTabs now="codes" />
      <Promotions />
      <Gifts />
    </>
  );
}

const isPast = (at: number | null): boolean => at !== null && at <= Date.now();

/** Until when a code can be used. */
function Until({ at }: { at: number | null }) {
  const { format } = useDesk();
  const say = useSay();
  return at === null ? null : (
    <span class="faint small clamp">{say('gifts.until', { when: format.dateTime(at) })}</span>
  );
}

function Gifts() {
  const say = useSay();
  const first = useFresh('gifts', () => gifts.list());
  const pages = usePages('gifts', first.value, (cursor) => gifts.list(cursor));
  const [made, setMade] = useState<MadeGifts | null>(null);
  const [failure, setFailure] = useState<Failure | null>(null);
  const confirm = useConfirm();
  const end = async (gift: Gift) => {
    const yes = await confirm({
      title: say('gifts.endTitle', { code: `…${gift.hint}` }),
      text: say('gifts.endText'),
      yes: say('gifts.end'),
    });
    if (!yes) return;
    const answer = await gifts.end(gift.id);
    setFailure(answer.ok ? null : answer);
    if (answer.ok) await first.refresh();
  };
  return (
    <Section title={say('gifts.title')}>
      <p class="faint">{say('gifts.text')}</p>
      <details class="more">
        <summary>{say('gifts.make')}</summary>
        <GiftForm
          onMade={(codes) => {
            setMade(codes);
            void first.refresh();
          }}
        />
      </details>
      {made && <MadeCodes made={made} />}
      {failure && <FailureNotice failure={failure} />}
      <Shown of={first}>
        {() =>
          pages.items.length === 0 ? (
            <Empty title={say('gifts.none')}>
              <p>{say('gifts.noneText')}</p>
            </Empty>
          ) : (
            <LongTable
              label={say('gifts.title')}
              rows={pages.items}
              further={pages}
              nameOf={(row) => row.hint}
              columns={[
                {
                  key: 'hint',
                  name: say('gifts.code'),
                  width: '8rem',
                  names: true,
                  cell: (row) => <code>…{row.hint}</code>,
                },
                {
                  key: 'what',
                  name: say('gifts.gives'),
                  width: 'minmax(9rem, 1fr)',
                  cell: (row) => (
                    <>
                      {say('gifts.what', { plan: row.planId, count: row.days })}
                      <Until at={row.redeemBy} />
                    </>
                  ),
                },
                {
                  key: 'why',
                  name: say('gifts.reason'),
                  width: 'minmax(9rem, 2fr)',
                  aside: true,
                  cell: (row) => <span class="clamp">{row.reason}</span>,
                },
                {
                  key: 'used',
                  name: say('gifts.used'),
                  width: '7rem',
                  number: true,
                  cell: (row) => `${row.used} / ${row.uses}`,
                },
                {
                  key: 'end',
                  name: say('gifts.end'),
                  heard: true,
                  width: '9rem',
                  cell: (row) =>
                    row.endedAt === null && row.used >= row.uses ? (
                      <State tone="quiet">{say('gifts.usedUp')}</State>
                    ) : row.endedAt === null && isPast(row.redeemBy) ? (
                      <State tone="quiet">{say('gifts.over')}</State>
                    ) : row.endedAt === null ? (
                      <Button small look="plain" onClick={() => void end(row)}>
                        {say('gifts.end')}
                        <span class="only-heard">: {row.hint}</span>
                      </Button>
                    ) : (
                      <State tone="quiet">{say('gifts.ended')}</State>
                    ),
                },
              ]}
            />
          )
        }
      </Shown>
    </Section>
  );
}

function Promotions() {
  const { format, visit } = useDesk();
  const say = useSay();
  const first = useFresh('promotions', () => promotions.list());
  const pages = usePages('promotions', first.value, (cursor) => promotions.list(cursor));
  const [failure, setFailure] = useState<Failure | null>(null);
  const off = (row: Promotion) =>
    row.percentOff === null
      ? writtenMoney(visit.language, { amount: row.amountOff ?? 0, currency: row.currency ?? 'usd' })
      : format.percent(row.percentOff / 100);
  const confirm = useConfirm();
  const end = async (row: Promotion) => {
    const yes = await confirm({
      title: say('promotions.endTitle', { code: row.code }),
      text: say('promotions.endText'),
      yes: say('gifts.end'),
    });
    if (!yes) return;
    const answer = await promotions.end(row.id);
    setFailure(answer.ok ? null : answer);
    if (answer.ok) await first.refresh();
  };
  return (
    <Section title={say('promotions.title')}>
      <p class="faint">{say('promotions.text')}</p>
      <details class="more">
        <summary>{say('promotions.make')}</summary>
        <PromotionForm onMade={() => void first.refresh()} />
      </details>
      {failure && <FailureNotice failure={failure} />}
      <Shown of={first}>
        {() =>
          pages.items.length === 0 ? (
            <Empty title={say('promotions.none')}>
              <p>{say('promotions.noneText')}</p>
            </Empty>
          ) : (
            <LongTable
              label={say('promotions.title')}
              rows={pages.items}
              further={pages}
              nameOf={(row) => row.code}
              columns={[
                {
                  key: 'code',
                  name: say('gifts.code'),
                  width: 'minmax(9rem, 1fr)',
                  names: true,
                  cell: (row) => (
                    <>
                      <code>{row.code}</code>
                      <Until at={row.expiresAt} />
                    </>
                  ),
                },
                { key: 'off', name: say('promotions.off'), width: '7rem', number: true, cell: off },
                {
                  key: 'months',
                  name: say('promotions.for'),
                  width: 'minmax(8rem, 1fr)',
                  aside: true,
                  cell: (row) =>
                    row.months === null
                      ? say('promotions.always')
                      : row.months === 0
                        ? say('promotions.once')
                        : say('promotions.months', { count: row.months }),
                },
                {
                  key: 'used',
                  name: say('gifts.used'),
                  width: '7rem',
                  number: true,
                  cell: (row) =>
                    `${row.redeemed}${row.maxRedemptions === null ? '' : ` / ${row.maxRedemptions}`}`,
                },
                {
                  key: 'end',
                  name: say('gifts.end'),
                  heard: true,
                  width: '9rem',
                  cell: (row) =>
                    isPast(row.expiresAt) ? (
                      <State tone="quiet">{say('gifts.over')}</State>
                    ) : row.active ? (
                      <Button small look="plain" onClick={() => void end(row)}>
                        {say('gifts.end')}
                        <span class="only-heard">: {row.code}</span>
                      </Button>
                    ) : (
                      <State tone="quiet">{say('gifts.ended')}</State>
                    ),
                },
              ]}
            />
          )
        }
      </Shown>
    </Section>
  );
}
