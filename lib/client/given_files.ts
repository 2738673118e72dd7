/** Files that somebody pastes or drops. */

/**
 * The files that are pasted. Words copied from a document often bring a picture of themselves along: then the words are
 * meant, and no file.
 */
export function pastedFiles(data: DataTransfer | null): File[] {
  const files = [...data?.files ?? []];
  const text = data?.getData("text/plain").trim() ?? "";
  // Copied files bring their own names as text.
  const isNames = text.split(/\r?\n/).every((line) => files.some(({ name }) => line.endsWith(name)));
  return text === "" || isNames ? files.map(named) : [];
}

/** The files that are dropped; folders are left where they were. */
export function droppedFiles(data: DataTransfer | null): File[] {
  const items = [...data?.items ?? []].filter(({ kind }) => kind === "file");
  const folders = new Set(
    items.filter((item) => item.webkitGetAsEntry?.()?.isDirectory).map((item) => item.getAsFile()?.name),
  );
  return [...data?.files ?? []].filter(({ name }) => !folders.has(name));
}

/** Every browser calls what was never a file `image.png`. */
function named(file: File): File {
  const [, extension] = /^image(\.\w+)$/.exec(file.name) ?? [];
  return extension ? new File([file], `Pasted picture${extension}`, { type: file.type }) : file;
}

/** Something that is dragged over the page holds files. What they are is told when they are dropped. */
export function holdsFiles(data: DataTransfer | null): boolean {
  return data?.types.includes("Files") ?? false;
}
