import type { Tree } from "../../model/tree.ts";
import { createTree, type Entry } from "../../tree/tree.ts";
import { reflow } from "./reflow.ts";

/** Pages of others in the same even lines as those here. */
export const evenPages = (tree: Tree): Tree =>
  createTree(
    [...tree].map(([path, file]): Entry => [
      path,
      path.endsWith(".md") ? { ...file, content: reflow(file.content) } : file,
    ]),
  );
