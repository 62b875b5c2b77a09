/** Two paths that differ only in spelling are one file on macOS and Windows. */

/** Same result for `README.md` and `readme.md`, and for both Unicode spellings of `ü`. */
export const foldSpelling = (path: string): string => path.normalize("NFC").toLowerCase();

/** `a/b/c` → `a`, `a/b`. */
export function foldersOf(path: string): readonly string[] {
  const parts = path.split("/");
  return parts.slice(0, -1).map((_, index) => parts.slice(0, index + 1).join("/"));
}
