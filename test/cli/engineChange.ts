/** A repository with apps of people in it, to change the engine of. */
import { cpSync, mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { beforeAll, expect } from "vitest";
import { readDocuments } from "../../src/yaml/documents.ts";
import { gen, repositories, textAt } from "../support/repository.ts";
import { snapshotTree, temporaryFolder } from "../support/workspace.ts";

const APPS: readonly (readonly string[])[] = [
  [
    "jellyfin",
    "--image",
    "ghcr.io/owner/jellyfin:1.2.3",
    "--port",
    "8096",
    "--namespace",
    "media",
    "--route",
    "tv.example.com",
  ],
  [
    "podinfo",
    "--chart",
    "oci://ghcr.io/owner/charts/podinfo",
    "--chart-version",
    "6.9.2",
    "--namespace",
    "media",
    "--port",
    "80",
  ],
  [
    "whoami",
    "--manifests",
    "--image",
    "docker.io/traefik/whoami:v1.11",
    "--port",
    "80",
    "--namespace",
    "tools",
    "--volume",
    "/data=1Gi",
  ],
];

export async function ok(folder: string, ...args: readonly string[]) {
  const done = await gen(folder, ...args, "--yes");
  expect(done.code, `${args.join(" ")}\n${done.stdout}${done.stderr}`).toBe(0);
  return done;
}

export function write(folder: string, path: string, text: string): void {
  mkdirSync(dirname(join(folder, path)), { recursive: true });
  writeFileSync(join(folder, path), text);
}

/** Files but for what gen remembers and the guides. */
export const filesIn = (folder: string): Readonly<Record<string, string>> =>
  Object.fromEntries(
    Object.entries(snapshotTree(folder)).flatMap(([path, { sha256 }]) =>
      path.startsWith(".homelab-net/") || path.startsWith("docs/notes/") ? [] : [[path, String(sha256)]],
    ),
  );

export const applicationsIn = (folder: string, app: string) =>
  readDocuments(textAt(folder, `kubernetes/argo/apps/${app}.yaml`), app) as readonly {
    readonly metadata: { readonly name: string };
    readonly spec: { readonly project: string; readonly source?: object; readonly sources?: readonly object[] };
  }[];

export interface WithApps {
  /** As it was made. Not to be changed. */
  readonly template: string;
  /** A copy of it. */
  fresh(): string;
}

/** Of the network of a preset, with an app of each kind and a route that came later. */
export function withApps(): WithApps {
  const made = repositories(
    "--preset",
    "k3s-kubevip-traefik",
    "--set",
    "gitops=flux",
    "--set",
    "secrets.argocd=operator",
  );
  let template = "";
  beforeAll(async () => {
    const folder = made.fresh();
    for (const app of APPS) await ok(folder, "add-app", ...app);
    await ok(folder, "add-route", "info.example.com", "--service", "media/podinfo:80");
    template = folder;
  }, 60_000);
  return {
    get template() {
      return template;
    },
    fresh() {
      const folder = temporaryFolder("with-apps");
      cpSync(template, folder, { recursive: true });
      return folder;
    },
  };
}
