import { unzipSync } from "fflate";

/** The files of a ZIP archive as text, by name. */
export function unzip(bytes: Uint8Array): Map<string, string> {
  const files = Object.entries(unzipSync(bytes));
  return new Map(files.map(([name, content]) => [name, new TextDecoder().decode(content)]));
}
