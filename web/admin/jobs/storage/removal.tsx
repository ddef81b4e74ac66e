import { useState } from 'preact/hooks';
import type { Id } from '../../../../schema/ids.ts';
import type { Answer } from '../../../api.ts';
import { useConfirm } from '../../confirm.tsx';
import { useDesk } from '../../desk.ts';
import type { Failure } from '../../fresh-hook.ts';
import { useToasts } from '../../toasts.tsx';
import { storage as calls } from '../calls.ts';
import { useSay } from '../words.ts';

/** Deleting for good: asks first, says what is freed or why it is refused. Nothing brings it back, so nothing is offered to. */
export function useRemoval(onFailure: (failure: Failure | null) => void, onDone: () => Promise<void>) {
  const { format, t } = useDesk();
  const say = useSay();
  const confirm = useConfirm();
  const toasts = useToasts();
  const [busy, setBusy] = useState(false);
  const remove = async (call: () => Promise<Answer<{ bytes: number }>>) => {
    setBusy(true);
    const answer = await call();
    setBusy(false);
    onFailure(answer.ok ? null : answer);
    if (answer.ok) toasts.say({ text: say('storage.freed', { bytes: format.bytes(answer.value.bytes) }) });
    await onDone();
  };
  return {
    busy,
    version: async ({ id, version, bytes }: { id: Id<'asset'>; version: number; bytes: number }) => {
      const yes = await confirm({
        title: say('storage.versionTitle', { version }),
        text: say('storage.versionText', { bytes: format.bytes(bytes) }),
        yes: say('storage.deleteThis', { name: say('storage.versionName', { version }) }),
        no: t('desk.cancel'),
      });
      if (yes) await remove(() => calls.deleteVersion(id));
    },
    source: async ({ id, fileName, bytes }: { id: Id<'asset'>; fileName: string; bytes: number }) => {
      const yes = await confirm({
        title: say('storage.sourceTitle'),
        text: say('storage.sourceText', { file: fileName, bytes: format.bytes(bytes) }),
        yes: say('storage.delete'),
        no: t('desk.cancel'),
      });
      if (yes) await remove(() => calls.deleteSource(id));
    },
  };
}
