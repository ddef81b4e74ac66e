import type { AdminTitle, AdminTitleDetail } from '../../../schema/api/editing.ts';
import type { Answer } from '../../api.ts';
import { titles } from '../calls.ts';
import type { Draft } from '../merge.ts';
import { useToasts } from '../toasts.tsx';
import type { PartOf } from './title-parts.ts';
import { useEdits } from './use-edits.ts';
import { useSay } from './words.ts';

/** A form over some of a title's own fields: what was saved stands in the page, and can be undone. */
export function useTitleEdits(
  { title, loaded }: PartOf,
  key: string,
  toDraft: (title: AdminTitleDetail) => Draft,
  send: (edits: Draft, revision: number) => Promise<Answer<AdminTitle>>,
) {
  const toasts = useToasts();
  const say = useSay();
  return useEdits<AdminTitleDetail>({
    key,
    value: title,
    toDraft,
    send: async (edits, revision) => {
      const answer = await send(edits, revision);
      if (!answer.ok) return answer;
      toasts.undoable(say('title.saved'), answer, loaded.refresh);
      return { ...answer, value: { ...title, ...answer.value } };
    },
    read: () => titles.read(title.id),
    show: loaded.put,
  });
}
