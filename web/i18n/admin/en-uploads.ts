/** English words of the page of uploads. */
export const uploading = {
  'here.title': 'In this tab',
  'open.title': 'Begun, and not here',
  'open.text':
    'Begun in another tab, on another machine, or by somebody else. Whoever has the file goes on with what is there: choose it here, or drop the whole folder above.',
  'open.choose': 'Choose the file',
  'open.checking': 'Looking at the file …',
  'open.otherFile': 'That is another file: this upload needs {name} ({bytes}), unchanged since then.',
  'open.unreadable': 'The file could not be read. Is it still there?',
  'open.there': '{share} is there',
  'open.expires': 'kept until {date}',
  'held.title': 'Waiting for their videos',
  'held.text':
    'Dubs and subtitles that have arrived. Each joins its video by itself as soon as that is ready.',
} as const;
