const columns =
  'season,number,name,synopsis,kind,airsAt,absoluteNumber,name.en,synopsis.en,name.ja,synopsis.ja';
const example = '1,1,The first episode,,story,2027-01-09T14:30:00Z,,The first episode,,第一話,';

/** A season with one row that shows what goes where. The mark at its head is for spreadsheets: without it they read UTF-8 as something else. */
export const seasonTemplate = `\uFEFF${columns}\r\n${example}\r\n`;
