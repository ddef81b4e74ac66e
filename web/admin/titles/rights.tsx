import type { ComponentType } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import type { AdminTitleDetail } from '../../../schema/api/editing.ts';
import { useDesk } from '../desk.ts';
import { FailureNotice, Section } from '../parts.tsx';

type Part = ComponentType<{ title: AdminTitleDetail }>;

/** Licences, holdbacks and who may watch: a chunk of its own, fetched when a title is opened. */
export function Rights({ title }: { title: AdminTitleDetail }) {
  const { t, visit } = useDesk();
  const [part, setPart] = useState<{ Part: Part } | 'failed' | null>(null);
  const [tries, setTries] = useState(0);
  useEffect(() => {
    import('../rights/sections.tsx')
      .then((m) => m.sections(visit.language))
      .then(
        (Part) => setPart({ Part }),
        () => setPart('failed'),
      );
  }, [tries]);
  if (part && part !== 'failed') return <part.Part title={title} />;
  return (
    <Section title={t('title.licences')}>
      {part === 'failed' ? (
        <FailureNotice
          failure={{ ok: false, problem: null, offline: true }}
          retry={() => setTries(tries + 1)}
        />
      ) : (
        <output class="loading">{t('desk.loading')}</output>
      )}
    </Section>
  );
}
