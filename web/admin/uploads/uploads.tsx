import { useDesk } from '../desk.ts';
import { Heading, Section } from '../parts.tsx';
import { Elsewhere } from './elsewhere.tsx';
import { PlanSection } from './plan/plan.tsx';
import { UploadList } from './upload-list.tsx';
import { useUploads } from './use-uploads.ts';
import { saying, useSay } from './words.ts';

/** What this tab uploads, what stands open elsewhere, and what waits for its video. */
export const uploadsPage = saying(() => {
  const { t } = useDesk();
  const say = useSay();
  const items = useUploads();
  const mine = items.flatMap(({ upload }) => upload?.id ?? []);
  return (
    <>
      <Heading title={t('uploads.title')} />
      <PlanSection />
      {items.length > 0 && (
        <Section title={say('here.title')}>
          <UploadList items={items} />
        </Section>
      )}
      <Elsewhere state="open" mine={mine} />
      <Elsewhere state="held" mine={mine} />
    </>
  );
});
