import type { UploadCard } from '../../../../schema/api/ingest.ts';
import type { AdminEpisode, AdminTitleDetail } from '../../../../schema/api/editing.ts';
import type { FileName } from '../../../../schema/file-name/read.ts';
import { audioRoles, subtitleRoles } from '../../../../schema/ladder.ts';
import type { Dropped } from './dropped.ts';
import { placeOf } from './place.ts';

export type Use = 'video' | 'audio' | 'subtitles' | 'skip';
/** What somebody said of a file; what is not there is as the name says. */
export type Said = Partial<{
  use: Use;
  season: string;
  number: string;
  language: string;
  role: string;
  sure: true;
}>;
export type Row = Dropped & {
  key: string;
  read: FileName;
  said: Said;
  /** The same file, begun before and open at the API. */
  open: UploadCard | null;
};
/** Files of one title's name, and the title they were found or told to belong to. */
export type Group = {
  /** As the files say it; empty: they don't. */
  name: string;
  title: AdminTitleDetail | null;
  /** The title has exactly this name, or somebody chose it. */
  sure: boolean;
  rows: readonly Row[];
};

/** What keeps a file from being sent. */
export type Trouble = 'title' | 'place' | 'unsure' | 'language' | 'clash' | 'twice' | 'no-video';
/** What is worth knowing of one that goes. */
export type Note =
  | 'new-episode'
  | 'new-version'
  | 'counted'
  | 'absolute'
  | 'goes-on'
  | 'after-video'
  | 'extra'
  | 'several'
  | 'other';

export type Line = {
  row: Row;
  use: Use;
  season: string;
  number: string;
  language: string;
  role: string;
  episode: AdminEpisode | null;
  troubles: readonly Trouble[];
  notes: readonly Note[];
};

/** 20260301 has no episode 0, but some series have. */
const whole = (text: string): number | null => (/^\d{1,5}$/.test(text.trim()) ? Number(text) : null);
const LANGUAGE = /^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$/;

/** One file as it stands in the table: what its name says, over that what somebody said, and what is wrong with it. */
function lineOf(row: Row, { title, sure: titleSure }: Group): Line {
  const { read, said, open } = row;
  const useful = read.kind !== 'other' && read.what !== 'extra' && read.what !== 'several';
  const use = said.use ?? (useful && read.kind !== 'other' ? read.kind : 'skip');
  const placed = open
    ? { season: open.season, number: open.episode, by: 'name' as const, sure: true }
    : title && placeOf(read, title);
  const season = said.season ?? placed?.season.toString() ?? read.season?.toString() ?? '';
  const number = said.number ?? placed?.number.toString() ?? read.episode?.toString() ?? '';
  const touched = said.season !== undefined || said.number !== undefined || said.sure === true;
  const [at, of] = [whole(season), whole(number)];
  const episode = title?.episodeList.find((known) => known.season === at && known.number === of) ?? null;
  const language = said.language ?? open?.track?.language ?? read.track?.language ?? '';
  const known: readonly string[] = use === 'audio' ? audioRoles : subtitleRoles;
  const given = said.role ?? open?.track?.role ?? read.track?.role ?? '';
  const role = known.includes(given) ? given : use === 'audio' ? 'dub' : 'full';
  const base = { row, use, season, number, language, role, episode };
  if (use === 'skip') {
    const why = read.kind === 'other' ? 'other' : read.what;
    return {
      ...base,
      troubles: [],
      notes: why === 'other' || why === 'extra' || why === 'several' ? [why] : [],
    };
  }
  const isTrack = use !== 'video';
  const placeless = at === null || of === null;
  const troubles: (Trouble | false)[] = [
    !title && 'title',
    title !== null && placeless && 'place',
    title !== null && !placeless && !touched && !open && (!titleSure || placed?.sure === false) && 'unsure',
    isTrack && !LANGUAGE.test(language) && 'language',
  ];
  const notes: (Note | false)[] = [
    open !== null && 'goes-on',
    !touched && placed?.by === 'counted' && 'counted',
    !touched && placed?.by === 'absolute' && 'absolute',
    title !== null && !placeless && episode === null && 'new-episode',
    !isTrack && Boolean(episode?.latestJobId) && 'new-version',
  ];
  return {
    ...base,
    troubles: troubles.filter((one) => one !== false),
    notes: notes.filter((one) => one !== false),
  };
}

const spot = ({ season, number }: Line) => `${Number(season)} ${Number(number)}`;

/** The files of a group as lines, and what is wrong between them: two videos for one episode, a track of nothing. */
export function linesOf(group: Group): Line[] {
  const lines = group.rows.map((row) => lineOf(row, group));
  const going = lines.filter(({ use, troubles }) => use !== 'skip' && !troubles.includes('place'));
  const count = (mine: Line) => (other: Line) =>
    other !== mine && spot(other) === spot(mine) && other.use === mine.use;
  return lines.map((line) => {
    if (!group.title || !going.includes(line)) return line;
    const others = going.filter(count(line));
    if (line.use === 'video')
      return others.length > 0 ? { ...line, troubles: [...line.troubles, 'clash'] } : line;
    const same = others.some(({ language, role }) => language === line.language && role === line.role);
    const along = going.some((other) => other.use === 'video' && spot(other) === spot(line));
    const alone = !along && !line.episode?.latestJobId && !line.row.open?.after;
    return {
      ...line,
      troubles: [
        ...line.troubles,
        ...(same ? (['twice'] as const) : []),
        ...(alone ? (['no-video'] as const) : []),
      ],
      notes: along ? [...line.notes, 'after-video'] : line.notes,
    };
  });
}

/** Files by the name of their title, in the order they came; a name that only differs in case or signs is one. */
export function grouped(
  rows: readonly Row[],
  fold: (name: string) => string,
): { name: string; rows: Row[] }[] {
  const groups = new Map<string, { name: string; rows: Row[] }>();
  for (const row of rows) {
    const name = row.open?.titleName ?? row.read.title ?? '';
    const group = groups.get(fold(name)) ?? { name, rows: [] };
    group.rows.push(row);
    groups.set(fold(name), group);
  }
  return [...groups.values()];
}
