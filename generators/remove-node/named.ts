/** Where a node is named, by its name or by its address. */
import { parseIp } from "../../src/model/address.ts";
import { repoPath } from "../../src/model/names.ts";
import type { Node } from "../../src/model/plan.ts";
import { asList, isMap } from "../../src/model/unknown.ts";
import { listFiles, readFiles } from "../../src/repo/disk.ts";
import { readDocuments } from "../../src/yaml/documents.ts";
import { ExpectedError } from "../../src/model/errors.ts";
import type { Update } from "../apply/update.ts";
import { pathOf } from "../nodes.ts";
import { SPEC_FILE } from "../repository.ts";

/** Keys whose texts are names of machines. Any key may have an address. */
const NAMING = [
  /^cluster\.api\.(node|hosts\.\d+)$/,
  /^networks\.[^.]+\.attach\.nodes\.\d+$/,
  /^lan\.dns\.\d+$/,
  /^dns\.records\.\d+\.to$/,
];

/** In homelab.yaml beside the node itself, a line each. */
export function namedInSpec({ name, ips }: Node, spec: unknown): readonly string[] {
  const own = pathOf(name);
  return leavesOf(spec)
    .filter(({ path }) => path !== own && !path.startsWith(`${own}.`))
    .filter(({ path, text }) => {
      const ip = parseIp(text);
      return ip === undefined ? text === name && NAMING.some((pattern) => pattern.test(path)) : ips.includes(ip);
    })
    .map(({ path, text }) => `${SPEC_FILE}, ${path}: ${text}`);
}

interface Leaf {
  readonly path: string;
  readonly text: string;
}

function leavesOf(value: unknown, path = ""): readonly Leaf[] {
  if (typeof value === "string") return [{ path, text: value }];
  const below = (key: string | number): string => (path === "" ? String(key) : `${path}.${key}`);
  if (Array.isArray(value)) return value.flatMap((item, index) => leavesOf(item, below(index)));
  return isMap(value) ? Object.entries(value).flatMap(([key, item]) => leavesOf(item, below(key))) : [];
}

/** In objects as the files will be: pods and volumes that stand on this node and no other. */
export async function namedInFiles(nodes: readonly Node[], { root, changes }: Update): Promise<readonly string[]> {
  const listed = await listFiles(root, repoPath("kubernetes"));
  const texts = new Map(await readFiles(root, listed, { binary: "skip" }));
  for (const change of changes) {
    if (change.kind === "delete") texts.delete(change.path);
    else if (change.kind !== "keep" && texts.has(change.path)) texts.set(change.path, change.after);
  }
  return [...texts].flatMap(([path, text]) =>
    /\.ya?ml$/.test(path)
      ? nodes.flatMap(({ name }) =>
          documentsIn(path, text).some((document) => selects(document, name)) ? [`${path} asks for ${name}`] : [],
        )
      : [],
  );
}

function documentsIn(path: string, text: string): readonly unknown[] {
  try {
    return readDocuments(text, path);
  } catch (error) {
    // What cannot be read `check` names.
    if (error instanceof ExpectedError) return [];
    throw error;
  }
}

const HOSTNAME = "kubernetes.io/hostname";

function selects(value: unknown, name: string): boolean {
  if (Array.isArray(value)) return value.some((item) => selects(item, name));
  if (!isMap(value)) return false;
  if (value["nodeName"] === name || value[HOSTNAME] === name) return true;
  if (value["key"] === HOSTNAME && value["operator"] === "In" && asList(value["values"]).includes(name)) return true;
  return Object.values(value).some((item) => selects(item, name));
}
