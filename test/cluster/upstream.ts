/**
 * What a repository fetches from elsewhere, made of local folders: its own commits, manifests of other repositories,
 * charts. The real charts where HOMELAB_NET_CHARTS is set; else charts of the same name and version with nothing in them
 * but the custom resource definitions the real one brings.
 */
import { createHash } from "node:crypto";
import { copyFileSync, existsSync, mkdirSync, readdirSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import type { OrderedUnit, Pin, PinId } from "../../src/model/unit.ts";
import { CHARTS } from "../components/releases.ts";
import { crdFiles, requireComponents } from "../support/components.ts";
import { chartFolder } from "../support/charts.ts";
import type { Artifact, Fetch } from "../support/flux/sources.ts";
import { readManifests } from "../support/manifests.ts";
import { output } from "../support/run.ts";
import { tool } from "../support/tools.ts";
import { temporaryFolder, writeFiles } from "../support/workspace.ts";

/** Folders of definitions, by the pin of the repository they are applied out of. */
const REMOTE: Readonly<Record<string, string>> = {
  "gateway-api": "gateway-api-standard",
  "envoy-gateway-crds": "envoy-gateway",
};

interface Source {
  readonly url?: string;
  readonly ref?: { readonly name?: string; readonly tag?: string };
  readonly chart?: string;
  readonly version?: string;
}

export interface Upstream {
  readonly units: readonly OrderedUnit[];
  readonly pins: ReadonlyMap<PinId, Pin>;
  /** The repository itself, by its address, and the folder with its commits. */
  readonly url: string;
  readonly folder: string;
}

export function upstream({ units, pins, url: ownUrl, folder }: Upstream): Fetch {
  const kept = new Map<string, Promise<Uint8Array>>();
  // Packed once: the time is in what is packed, and the same source must stay the same.
  const once = (key: string, pack: () => Promise<Uint8Array>): Promise<Uint8Array> => {
    const content = kept.get(key) ?? pack();
    kept.set(key, content);
    return content;
  };
  const chart = async (version: string | undefined, isIt: (pin: Pin) => boolean): Promise<Uint8Array> => {
    const unit = units.find(({ release }) => release !== undefined && isIt(pinOf(release.chart)));
    if (unit?.release === undefined) throw new Error("no chart of that name");
    const pin = pinOf(unit.release.chart);
    if (version !== pin.version) throw new Error(`${pin.id} has no version ${version}`);
    return once(pin.id, () => packedChart(unit, pin));
  };
  const pinOf = (id: PinId): Pin => {
    const pin = pins.get(id);
    if (pin === undefined) throw new Error(`no pin called ${id}`);
    return pin;
  };
  const fetched: Readonly<Record<string, (source: Source) => Promise<Artifact>>> = {
    HelmChart: async ({ chart: name, version = "" }) => ({
      revision: version,
      content: await chart(version, (pin) => pin.chart === name),
    }),
    OCIRepository: async ({ url, ref }) => {
      const content = await chart(ref?.tag, ({ source }) => source === url);
      return { revision: `${ref?.tag}@sha256:${hash("sha256", content)}`, content };
    },
    GitRepository: async ({ url, ref }) => {
      if (url === ownUrl) {
        const commit = await headOf(folder, String(ref?.name));
        return {
          revision: `${ref?.name}@sha1:${commit}`,
          content: await once(commit, () => committed(folder, commit)),
        };
      }
      const unit = units.find(({ remote }) => remote !== undefined && pinOf(remote.pin).source === url);
      if (unit?.remote === undefined) throw new Error(`no repository ${url}`);
      const { path, pin } = unit.remote;
      if (ref?.tag !== pinOf(pin).version) throw new Error(`${url} has no tag ${ref?.tag}`);
      const content = await once(pin, () => packedManifests(pin, path));
      return { revision: `${ref.tag}@sha1:${hash("sha1", content)}`, content };
    },
  };
  return ({ kind, spec }) => {
    const fetch = fetched[kind];
    if (fetch === undefined) throw new Error(`nobody serves a ${kind}`);
    return fetch(spec as Source);
  };
}

const hash = (algorithm: string, content: Uint8Array): string => createHash(algorithm).update(content).digest("hex");

export const git = (folder: string, ...args: readonly string[]): Promise<string> =>
  output("git", ["-C", folder, "-c", "user.name=test", "-c", "user.email=test@example.com", ...args]);

/** Everything that is in the folder, as the next commit of `main`, which is returned. */
export async function commitAll(folder: string): Promise<string> {
  if (!existsSync(join(folder, ".git"))) await git(folder, "init", "--quiet", "--initial-branch=main");
  await git(folder, "add", "--all", "--force");
  await git(folder, "-c", "commit.gpgSign=false", "commit", "--quiet", "--message=test");
  return headOf(folder, "HEAD");
}

const headOf = async (folder: string, ref: string): Promise<string> => (await git(folder, "rev-parse", ref)).trim();

async function committed(folder: string, commit: string): Promise<Uint8Array> {
  const file = join(temporaryFolder("commit"), "tree.tar.gz");
  // Of the tree and not the commit, which would be named in a header.
  await git(folder, "archive", "--format=tar.gz", `--output=${file}`, `${commit}^{tree}`);
  return readFileSync(file);
}

async function packedManifests(pin: PinId, path: string): Promise<Uint8Array> {
  const component = REMOTE[pin];
  if (component === undefined) throw new Error(`no definitions for ${pin}`);
  const root = temporaryFolder("remote");
  copyInto(join(root, path), crdFiles(requireComponents(), [component]));
  const file = join(temporaryFolder("packed"), "tree.tar.gz");
  await output("tar", ["--create", "--gzip", `--file=${file}`, `--directory=${root}`, "."]);
  return readFileSync(file);
}

async function packedChart({ id, release }: OrderedUnit, { version }: Pin): Promise<Uint8Array> {
  const { chart = id, component = id } = CHARTS[id] ?? {};
  const folder = chartFolder(chart) ?? madeChart(chart, version, definitionsOf(component, release?.installs ?? []));
  const destination = temporaryFolder("packed");
  // The folder may hold the chart of a neighbouring version.
  await output(tool("helm"), ["package", folder, `--version=${version}`, `--destination=${destination}`]);
  const [file = ""] = readdirSync(destination);
  return readFileSync(join(destination, file));
}

function madeChart(name: string, version: string, definitions: readonly string[]): string {
  const folder = temporaryFolder("chart");
  writeFiles(folder, { "Chart.yaml": JSON.stringify({ apiVersion: "v2", name, version }) });
  copyInto(join(folder, "crds"), definitions);
  return folder;
}

/** Files with definitions of the groups `installs` names, `cert-manager.io/*`. */
function definitionsOf(component: string, installs: readonly string[]): readonly string[] {
  if (installs.length === 0) return [];
  const groups = new Set(installs.map((kind) => kind.slice(0, kind.indexOf("/"))));
  return crdFiles(requireComponents(), [component]).filter((file) =>
    readManifests(readFileSync(file, "utf8"), file).some(({ spec }) => groups.has((spec as { group: string }).group)),
  );
}

function copyInto(folder: string, files: readonly string[]): void {
  mkdirSync(folder, { recursive: true });
  for (const file of files) copyFileSync(file, join(folder, basename(file)));
}
