// Handed to node with --import: writes down every module file the process loads, one a line, into the file
// HOMELAB_NET_TEST_LOADED names. Registers itself as loader hooks, which run in a thread of their own; what
// `require` loads passes them by and is read from its cache at the end.
import { appendFileSync } from "node:fs";
import { createRequire, register } from "node:module";
import { isMainThread } from "node:worker_threads";

const file = process.env.HOMELAB_NET_TEST_LOADED;
const note = (name) => appendFileSync(file, `${name}\n`);

if (isMainThread) {
  register(import.meta.url);
  process.on("exit", () => Object.keys(createRequire(import.meta.url).cache).forEach(note));
}

export async function load(url, context, nextLoad) {
  if (url.startsWith("file:")) note(url);
  return nextLoad(url, context);
}
