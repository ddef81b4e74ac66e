import type { ComponentChildren } from 'preact';
import { useDesk } from '../../desk.ts';
import { Section } from '../../parts.tsx';
import { codecName } from '../../episodes/media/codec-name.ts';
import { useSay } from '../words.ts';
import { changeOf, rungs, sounds, texts, type Both, type Version } from './differences.ts';

type Row = {
  what: string;
  left: ComponentChildren;
  right: ComponentChildren;
  change?: number | null | undefined;
};

/** What two versions are, number by number. */
export function Numbers({ left, right }: { left: Version; right: Version }) {
  const { t, format } = useDesk();
  const say = useSay();
  const missing = <span class="faint">{say('compare.missing')}</span>;
  const of = <T,>(both: Both<T>, show: (one: T) => ComponentChildren) => ({
    left: both.left === null ? missing : show(both.left),
    right: both.right === null ? missing : show(both.right),
  });
  const kbits = (rate: number) => t('media.rate', { rate: Math.round(rate / 1000) });
  const pictures = rungs(left, right).flatMap((both): Row[] => {
    const one = both.left ?? both.right!;
    const name = `${one.width} × ${one.height} ${codecName(one.codec)}`;
    return [
      {
        what: `${name}: ${say('compare.rate')}`,
        ...of(both, (rung) => kbits(rung.averageBandwidth)),
        change: changeOf(both.left?.averageBandwidth, both.right?.averageBandwidth),
      },
      {
        what: `${name}: ${say('compare.size')}`,
        ...of(both, ({ bytes }) => format.bytes(bytes)),
        change: changeOf(both.left?.bytes, both.right?.bytes),
      },
      ...(both.left?.ssim || both.right?.ssim
        ? [
            {
              what: `${name}: ${say('compare.likeness')}`,
              ...of(both, ({ ssim }) => ssim?.toFixed(4) ?? '–'),
            },
          ]
        : []),
      ...(both.left?.crf || both.right?.crf
        ? [{ what: `${name}: ${say('compare.crf')}`, ...of(both, ({ crf }) => crf ?? '–') }]
        : []),
    ];
  });
  const loud = ({ facts }: Version['asset']['audio'][number]) =>
    facts?.after
      ? say('compare.loud', {
          lufs: facts.after.integrated.toFixed(1).replace('-', '−'),
          peak: facts.after.truePeak.toFixed(1).replace('-', '−'),
        })
      : '–';
  const gone = <T,>({ left: one, right: two }: Both<T>) =>
    one === null ? ` (${say('compare.added')})` : two === null ? ` (${say('compare.removed')})` : '';
  const heard = sounds(left, right).map((both): Row => {
    const one = both.left ?? both.right!;
    const name = `${one.name}, ${t(`role.${one.role}`)}${gone(both)}`;
    return {
      what: name,
      ...of(both, (track) => (
        <>
          {loud(track)} · {kbits(track.averageBandwidth)} · {format.bytes(track.bytes)}
        </>
      )),
      change: changeOf(both.left?.bytes, both.right?.bytes),
    };
  });
  const read = texts(left, right).map((both): Row => {
    const one = both.left ?? both.right!;
    return {
      what: `${one.name}, ${t(`role.${one.role}`)}${gone(both)}`,
      ...of(both, (track) => t(track.typeset ? 'track.typeset' : 'track.text')),
    };
  });
  return (
    <Section title={say('compare.numbers')}>
      <Table title={say('compare.whole')} rows={useWhole(left, right)} left={left} right={right} />
      <Table title={say('compare.pictures')} rows={pictures} left={left} right={right} />
      {heard.length > 0 && <Table title={say('compare.sounds')} rows={heard} left={left} right={right} />}
      {read.length > 0 && <Table title={say('compare.texts')} rows={read} left={left} right={right} />}
      <Table title={say('compare.source')} rows={useSource(left, right)} left={left} right={right} />
    </Section>
  );
}

function useWhole(left: Version, right: Version): Row[] {
  const { t, format } = useDesk();
  const say = useSay();
  const both = (
    what: string,
    show: (version: Version) => ComponentChildren,
    change?: number | null,
  ): Row => ({
    what,
    left: show(left),
    right: show(right),
    change,
  });
  return [
    both(
      say('compare.stored'),
      ({ asset }) => format.bytes(asset.bytes),
      changeOf(left.asset.bytes, right.asset.bytes),
    ),
    both(say('compare.length'), ({ asset }) =>
      asset.duration === null ? '–' : format.duration(asset.duration),
    ),
    both(say('compare.encryption'), ({ asset }) =>
      say(asset.encrypted ? 'compare.encrypted' : 'compare.clear'),
    ),
    both(say('compare.checks'), ({ job }) =>
      job?.certificate
        ? say('compare.holdAll', { count: job.certificate.checks.filter(({ holds }) => holds).length })
        : '–',
    ),
    both(say('compare.warnings'), ({ asset }) =>
      asset.warnings.length > 0 ? format.list(asset.warnings.map(({ code }) => t(`warning.${code}`))) : '–',
    ),
  ];
}

function useSource(left: Version, right: Version): Row[] {
  const { format } = useDesk();
  const say = useSay();
  const both = (what: string, show: (version: Version) => ComponentChildren): Row => ({
    what,
    left: show(left),
    right: show(right),
  });
  const settings = ({ job }: Version) => {
    if (!job) return '–';
    const { crf, preset, maxHeight, ladder } = job.settings;
    return [`CRF ${crf}`, preset, maxHeight && `≤ ${maxHeight}`, ladder].filter(Boolean).join(', ');
  };
  return [
    both(say('compare.file'), ({ asset }) => <span class="break">{asset.fileName}</span>),
    both(say('compare.fileSize'), ({ asset }) => format.bytes(asset.stored.source)),
    both(say('compare.codec'), ({ job }) =>
      job?.source ? `${job.source.codec}, ${job.source.container}` : '–',
    ),
    both(say('compare.resolution'), ({ job }) =>
      job?.source
        ? [
            `${job.source.width} × ${job.source.height}`,
            job.source.interlaced && say('compare.interlaced'),
            job.source.hdr?.toUpperCase(),
          ]
            .filter(Boolean)
            .join(', ')
        : '–',
    ),
    both(say('compare.fps'), ({ job }) =>
      job?.source ? (job.source.frameRate[0] / job.source.frameRate[1]).toFixed(3) : '–',
    ),
    both(say('compare.settings'), settings),
  ];
}

function Table({
  title,
  rows,
  left,
  right,
}: {
  title: string;
  rows: readonly Row[];
  left: Version;
  right: Version;
}) {
  const say = useSay();
  const { visit } = useDesk();
  const inWords = (share: number) =>
    Math.abs(share).toLocaleString(visit.language, { style: 'percent', maximumFractionDigits: 1 });
  const change = (share: number) =>
    Math.abs(share) < 0.005 ? say('compare.same') : `${share > 0 ? '+' : '−'}${inWords(share)}`;
  return (
    <table class="table table--compare">
      <caption>{title}</caption>
      <thead>
        <tr>
          <th scope="col">{say('compare.column.what')}</th>
          <th scope="col">{say('compare.version', { version: left.asset.version })}</th>
          <th scope="col">{say('compare.version', { version: right.asset.version })}</th>
          <th scope="col">{say('compare.column.change')}</th>
        </tr>
      </thead>
      <tbody>
        {rows.map(({ what, left: one, right: two, change: share }) => (
          <tr key={what}>
            <th scope="row">{what}</th>
            <td>{one}</td>
            <td>{two}</td>
            <td class="faint">{typeof share === 'number' && change(share)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
