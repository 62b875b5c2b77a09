/** Somebody who follows the guide for changing the engine, on a cluster where the one that leaves has done its work. */
import { handOverPage } from "../../../src/compose/docs/handOver.ts";
import { apiUrl } from "../../../src/model/apiUrl.ts";
import { setInSpec } from "../../../src/spec/setInSpec.ts";
import { emitted, emittedCatalog, type Emitted } from "../../fixtures/emitted.ts";
import { plainly, standing, type Files } from "./build.ts";
import { createCluster } from "./cluster.ts";
import type { Cluster } from "./model.ts";
import { keyOf, type Key } from "./objects.ts";
import { openShell } from "./shell.ts";

export type EngineName = "flux" | "argocd";

export interface Followed {
  readonly cluster: Cluster;
  /** What exists under both engines. */
  readonly common: readonly Key[];
  /** Of that, what was deleted on the way. */
  readonly lost: readonly Key[];
  /** What the engine that came has made where it was first. */
  readonly wanted: readonly Key[];
  /** Commands that did not do what they were for. */
  readonly failed: readonly string[];
}

const textsOf = ({ tree }: Pick<Emitted, "tree">): Files =>
  new Map([...tree].map(([path, { content }]) => [path, content]));

/** Without Secrets in the repository: their files are written with a key, which nobody has here. */
function under(engine: EngineName, { tree }: Emitted): Emitted {
  const spec = [...tree].find(([path]) => path.endsWith("homelab.yaml"))?.[1].content ?? "";
  const asked = setInSpec(spec, "homelab.yaml", "secrets", "cluster", emittedCatalog);
  return emitted(setInSpec(asked, "homelab.yaml", "gitops.provider", engine, emittedCatalog));
}

const BEGINNINGS = {
  flux: { namespace: "flux-system", release: "flux-operator", first: /fluxinstance\.yaml$/ },
  argocd: { namespace: "argocd", release: "argocd", first: /kubernetes\/argo\/(root\.yaml$|projects\/)/ },
} as const;

function born(engine: EngineName, network: Emitted): Cluster {
  const files = textsOf(network);
  const cluster = createCluster(files, network.units);
  const { namespace, release, first } = BEGINNINGS[engine];
  cluster.install(namespace, release);
  const beginning = [...files].filter(
    ([path]) => first.test(path) || path.endsWith(`kubernetes/apps/${namespace}/namespace.yaml`),
  );
  for (const object of plainly(beginning)) cluster.apply(standing(object, namespace));
  cluster.settle();
  cluster.lost.length = 0;
  return cluster;
}

/** What no script can know. */
const SECRETS = { GIT_ACCESS_KNOWN_HOSTS: "git.example ssh-ed25519 AAAA" };

const commandsOf = (page: string): readonly string[] =>
  [...page.matchAll(/^```sh\n([^]*?)^```$/gm)].map(([, commands]) => commands ?? "");

/** `changed`: what somebody does of it who does not do as told. */
export async function follow(
  from: EngineName,
  to: EngineName,
  network: Emitted,
  changed: (blocks: readonly string[]) => readonly string[] = (blocks) => blocks,
): Promise<Followed> {
  const [before, after] = [under(from, network), under(to, network)];
  const [cluster, goal] = [born(from, before), born(to, after)];
  giveAccess(cluster, before);
  const wanted = goal.all().map(keyOf);
  const common = wanted.filter((key) => cluster.get(key) !== undefined);
  const [was, now] = [engineOf(from), engineOf(to)];
  const page = handOverPage({ was, now, left: [], keepsNamespace: false }, after.plan, emittedCatalog);
  const files = textsOf(after);
  const { root } = after.plan;
  const local = new Map([...files].map(([path, text]) => [root === "" ? path : path.slice(root.length + 1), text]));
  const shell = await openShell(
    after.tree,
    cluster,
    { files, local, endpoint: apiUrl(after.plan) },
    { root, environment: SECRETS },
  );
  for (const block of changed(commandsOf(page))) await shell.block(block);
  shell.close();
  const lost = cluster.lost.filter((key) => common.includes(key));
  return { cluster, common, lost, wanted, failed: shell.failed };
}

function engineOf(id: EngineName) {
  const found = emittedCatalog.engines.find((engine) => engine.id === id);
  if (found === undefined) throw new Error(`no engine ${id}`);
  return found;
}

/** The Secret that the first engine reads the repository with, as bootstrap/secrets.sh made it. */
function giveAccess(cluster: Cluster, { units }: Emitted): void {
  for (const { namespace, secrets = [] } of units)
    for (const { name, keys } of secrets.filter((secret) => secret.name === "git-access")) {
      const data = Object.fromEntries(keys.map(({ key }) => [key, Buffer.from(`the ${key}\n`).toString("base64")]));
      cluster.apply({
        ...standing({ ...blank, name }, namespace),
        spec: { data },
      });
    }
}

const [blank] = plainly([["secret", "apiVersion: v1\nkind: Secret\nmetadata:\n  name: any\n"]]) as [
  ReturnType<typeof plainly>[number],
];
