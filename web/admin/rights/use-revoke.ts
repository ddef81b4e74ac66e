import { useState } from 'preact/hooks';
import type { LicenceEffect } from '../../../schema/api/rights-room.ts';
import type { Licence } from '../../../schema/api/rights.ts';
import { useConfirm } from '../confirm.tsx';
import { useDesk } from '../desk.ts';
import type { Failure } from '../fresh-hook.ts';
import { licences as calls } from './calls.ts';
import { useRoom } from './room/words.ts';
import { whereOf } from './territories.ts';
import { useSay } from './words.ts';

/** Asks before a licence is revoked, with what that would do as it stands now, and why; then revokes it. */
export function useRevoke(licence: Licence, titleName: string, onRevoked: () => void) {
  const confirm = useConfirm();
  const say = useSay();
  const room = useRoom();
  const { format } = useDesk();
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<Failure | null>(null);
  const effectOf = ({ episodes, watching, closes }: LicenceEffect) =>
    [
      room('revoke.episodes', { count: episodes }),
      watching === null ? room('revoke.watchingUnknown') : room('revoke.watching', { count: watching }),
      closes.length === 0
        ? room('revoke.closesNone')
        : room('revoke.closes', { countries: format.list(closes.map(format.country)) }),
    ].join(' ');
  const revoke = async () => {
    setBusy(true);
    const effect = await calls.effect(licence.id);
    setBusy(false);
    const where = whereOf(say, format, licence.territories);
    const confirmed = await confirm({
      title: say('licences.revokeTitle'),
      text: `${say('licences.revokeText', { where, title: titleName })} ${
        effect.ok ? effectOf(effect.value) : room('revoke.effectUnknown')
      }`,
      yes: say('licences.revoke'),
      reason: true,
    });
    if (!confirmed) return;
    setBusy(true);
    const answer = await calls.revoke(licence.id, confirmed.reason);
    setBusy(false);
    setFailure(answer.ok ? null : answer);
    if (answer.ok) onRevoked();
  };
  return { revoke, busy, failure };
}
