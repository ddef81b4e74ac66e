/** A file and where it lay among what was dropped or chosen, with slashes: folders say which title and season. */
export type Dropped = { file: File; path: string };

/** Files of an `<input>`, of a folder (`webkitdirectory`) or not. */
export const chosenFiles = (files: Iterable<File>): Dropped[] =>
  [...files].map((file) => ({ file, path: file.webkitRelativePath || file.name }));

/**
 * Files that were dropped, those in folders among them. Entries have to be taken before the first `await`: the list is empty once the
 * event is over (HTML, §6.11.3 “protected mode”).
 */
export async function droppedFiles(data: DataTransfer): Promise<Dropped[]> {
  const entries = [...data.items].flatMap((item) => item.webkitGetAsEntry() ?? []);
  if (entries.length === 0) return chosenFiles(data.files);
  const found: Dropped[] = [];
  for (const entry of entries) await collect(entry, found);
  return found;
}

async function collect(entry: FileSystemEntry, found: Dropped[]): Promise<void> {
  if (isFile(entry)) {
    const file = await new Promise<File>((resolve, reject) => entry.file(resolve, reject));
    found.push({ file, path: entry.fullPath.replace(/^\//, '') });
  } else if (isFolder(entry)) {
    const reader = entry.createReader();
    // Browsers give at most a hundred at a time, and an empty list at the end.
    for (;;) {
      const some = await new Promise<FileSystemEntry[]>((resolve, reject) =>
        reader.readEntries(resolve, reject),
      );
      if (some.length === 0) return;
      for (const one of some) await collect(one, found);
    }
  }
}
const isFile = (entry: FileSystemEntry): entry is FileSystemFileEntry => entry.isFile;
const isFolder = (entry: FileSystemEntry): entry is FileSystemDirectoryEntry => entry.isDirectory;
