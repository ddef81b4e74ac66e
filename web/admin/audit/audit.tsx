import { useDesk } from '../desk.ts';
import { Empty, Heading } from '../parts.tsx';
import { log } from './calls.ts';
import { Chain } from './chain.tsx';
import { ChangeList } from './change-list.tsx';
import { Filters } from './filters.tsx';
import { narrowedIn } from './narrowed.ts';
import { useLog } from './use-log.ts';
import { useSay } from './words.ts';

/** Who changed what: the whole log, for admins. */
export function AuditPage({ address }: { address: URL }) {
  const { t } = useDesk();
  const say = useSay();
  const by = narrowedIn(address);
  const key = JSON.stringify(by);
  const list = useLog(key, (cursor) => log.list(by, cursor));
  const none = list.shown?.items.length === 0;
  return (
    <>
      <Heading title={t('room.audit')} />
      <p class="under">{say('page.lead')}</p>
      <Chain />
      <Filters key={key} by={by} names={list.shown?.names ?? {}} />
      {none && (
        <Empty title={say(Object.keys(by).length > 0 ? 'none.found' : 'none.yet')}>
          <span />
        </Empty>
      )}
      {list.shown && !none && <h2 class="only-heard">{say('list.label')}</h2>}
      <ChangeList of={list} links />
    </>
  );
}
