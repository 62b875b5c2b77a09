/** Snapshots of etcd that pods take of Talos: what the shell beside talosctl does, and who may ask control planes. */
import { readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { asList, asMap, at } from "../../src/model/unknown.ts";
import { readDocuments } from "../../src/yaml/documents.ts";
import { emittedNetworks, type Emitted } from "../fixtures/emitted.ts";
import { readManifests } from "../support/manifests.ts";
import { run } from "../support/run.ts";
import { temporaryFolder } from "../support/workspace.ts";

const FOLDER = "kubernetes/apps/etcd-snapshots/etcd-snapshots-talos/app/";
const textOf = ({ tree, prefix }: Emitted, path: string): string =>
  [...tree].find(([one]) => one === `${prefix}${path}`)?.[1].content ?? "";
const saved = emittedNetworks.filter((network) => textOf(network, `${FOLDER}cronjobs.yaml`) !== "");
const jobsOf = (network: Emitted) => readManifests(textOf(network, `${FOLDER}cronjobs.yaml`), "cronjobs.yaml");
const podOf = (job: unknown) => asMap(at(job, "spec", "jobTemplate", "spec", "template", "spec"));

it("there are such networks under both engines", () => {
  expect(new Set(saved.map(({ plan }) => plan.engine))).toEqual(new Set(["flux", "argocd"]));
});

describe.each(saved)("$name", (network) => {
  const controlPlanes = network.plan.nodes.filter(({ role }) => role === "control-plane");

  it("asks each control plane, as nobody but who may take snapshots", () => {
    const asked = jobsOf(network).map((job) => asList(at(asList(podOf(job)["initContainers"])[0], "args")));
    expect(asked.map((args) => args[1])).toEqual(controlPlanes.map(({ ip }) => `--nodes=${ip}`));
    const patches = readDocuments(textOf(network, "talos/patches/controlplane.yaml"), "controlplane.yaml")[0];
    expect(at(patches, "machine", "features", "kubernetesTalosAPIAccess")).toEqual({
      enabled: true,
      allowedRoles: ["os:etcd:backup"],
      allowedKubernetesNamespaces: ["etcd-snapshots"],
    });
    const [account] = readManifests(textOf(network, `${FOLDER}account.yaml`), "account.yaml");
    expect(at(account, "spec", "roles")).toEqual(["os:etcd:backup"]);
  });

  it("runs the talosctl that the repository has, and keeps the volume whatever becomes of its claim", () => {
    const version = network.plan.pins.get("talosctl")?.version;
    for (const job of jobsOf(network))
      expect(at(asList(podOf(job)["initContainers"])[0], "image")).toBe(`ghcr.io/siderolabs/talosctl:${version}`);
    const [claim] = readManifests(textOf(network, `${FOLDER}volume.yaml`), "volume.yaml");
    expect(Object.values(asMap(at(claim, "metadata", "annotations"))).length).toBeGreaterThan(0);
  });

  it("gives a snapshot a name in the order of time, and keeps as many as asked for of each machine", async () => {
    const [job] = jobsOf(network);
    const container = asMap(asList(podOf(job)["containers"])[0]);
    const folder = temporaryFolder("snapshots");
    const [name = ""] = controlPlanes.map((node) => node.name);
    const old = Array.from({ length: 20 }, (_, day) => `${name}.202601${String(day + 10)}T000000Z.db`);
    for (const file of [...old, `${name}.new`, `${name}-1.20250101T000000Z.db`]) writeFileSync(join(folder, file), "");
    const keep = Number(at(asList(container["env"])[1], "value"));
    const script = String(asList(container["args"])[0]).replace("cd /snapshots", `cd ${folder}`);
    const env = { ...process.env, MACHINE: name, KEEP: String(keep) };
    expect(await run("sh", ["-euc", script], { env })).toMatchObject({ code: 0, stderr: "" });
    const left = readdirSync(folder).toSorted();
    expect(left.filter((file) => file.startsWith(`${name}.`))).toHaveLength(keep);
    expect(left.filter((file) => old.includes(file))).toEqual(old.slice(1 - keep));
    expect(left).toContain(`${name}-1.20250101T000000Z.db`);
  });
});
