/** Gives somebody a file that was made here. */
export function saveAs(text: BlobPart, name: string, type: string): void {
  const address = URL.createObjectURL(new Blob([text], { type }));
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  link.click();
  // The browser has taken it by the time anything else runs.
  setTimeout(() => URL.revokeObjectURL(address), 0);
}
