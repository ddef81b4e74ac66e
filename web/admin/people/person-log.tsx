import { ChangeList } from '../audit/change-list.tsx';
import { log } from '../audit/calls.ts';
import { useLog } from '../audit/use-log.ts';
import { saying, useSay } from '../audit/words.ts';

/** The part of the log that is about an account. */
function PersonLog({ id }: { id: string }) {
  const say = useSay();
  const list = useLog(id, (cursor) => log.list({ of: id }, cursor));
  return (
    <>
      {list.shown?.items.length === 0 && <p class="faint">{say('history.none')}</p>}
      <ChangeList of={list} />
    </>
  );
}

export const personLog = saying(PersonLog);
