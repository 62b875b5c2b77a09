/**
 * The guide for changing the engine, followed command by command by a real shell on a model of a cluster, in which every
 * controller that runs goes to work after each: nothing that exists under both engines is deleted, and the one that
 * leaves is gone in the end.
 */
import { describe, expect, it } from "vitest";
import { emittedNetworks } from "../fixtures/emitted.ts";
import { follow, type EngineName } from "../support/handOver/follow.ts";
import { keyOf } from "../support/handOver/objects.ts";

const OTHERS = [
  "on GitLab, in a sub-folder, machines you start, resolvers nobody knows",
  "private, on Codeberg, the router resolves",
  "one server of K3s with its flannel, encrypted",
];

const networks = emittedNetworks.filter(({ name }) => name.startsWith("the preset ") || OTHERS.includes(name));
const DIRECTIONS: readonly (readonly [EngineName, EngineName])[] = [
  ["flux", "argocd"],
  ["argocd", "flux"],
];

const preset = networks.find(({ name }) => name === "the preset proxmox-cilium-nginx");
if (preset === undefined) throw new Error("the preset is among the networks");

/** Kinds of nobody but the engine, and where it stood. */
const OWN: Readonly<Record<EngineName, RegExp>> = {
  flux: /\.fluxcd\.|^\/Namespace\/\/flux-system$|\/flux-system\//,
  argocd: /argoproj\.io|^\/Namespace\/\/argocd$|\/argocd\//,
};

const BUSY = { timeout: 120_000 };

describe("the guide for changing the engine", () => {
  it("is followed on all of the networks", () => {
    expect(networks).toHaveLength(4 + OTHERS.length);
  });

  for (const [from, to] of DIRECTIONS)
    it.each(networks)(`deletes nothing from ${from} to ${to}: $name`, BUSY, async (network) => {
      const { cluster, common, lost, wanted, failed } = await follow(from, to, network);
      expect(failed).toEqual([]);
      expect(lost).toEqual([]);
      expect(common.length).toBeGreaterThan(20);
      const there = cluster.all();
      expect(wanted.filter((key) => cluster.get(key) === undefined)).toEqual([]);
      expect(there.filter(({ isDeleting }) => isDeleting).map(keyOf)).toEqual([]);
      expect(there.map(keyOf).filter((key) => OWN[from].test(key))).toEqual([]);
      if (from === "argocd")
        expect(there.filter(({ annotations }) => "argocd.argoproj.io/tracking-id" in annotations).map(keyOf)).toEqual(
          [],
        );
    });
});

type Blocks = (blocks: readonly string[]) => readonly string[];

const isStop = (block: string): boolean => block.includes("--replicas=0");
const isPush = (block: string): boolean => block.includes("git push");
const takesFinalizers = (block: string): boolean => block.includes('"finalizers": null');
const removes = (block: string): boolean => block.includes("kubectl delete customresourcedefinitions");

const withoutStop: Blocks = (blocks) => blocks.filter((block) => !isStop(block));
const pushedFirst: Blocks = (blocks) => [...blocks.filter(isPush), ...blocks.filter((block) => !isPush(block))];
const finalizersLeft: Blocks = (blocks) => blocks.filter((block) => !takesFinalizers(block));
/** What somebody may try where a deletion never ends. */
const startedAgain =
  (start: string): Blocks =>
  (blocks) =>
    finalizersLeft(blocks).flatMap((block) => (removes(block) ? [...deletions(block), start] : [block]));

const deletions = (block: string): readonly string[] =>
  block.split("\n").filter((line) => line.startsWith("kubectl delete customresourcedefinitions"));

const START = {
  flux: "kubectl --namespace flux-system scale deployment kustomize-controller helm-controller --replicas=1",
  argocd: [
    "kubectl --namespace argocd annotate applications.argoproj.io --all argocd.argoproj.io/skip-reconcile-",
    "kubectl --namespace argocd scale statefulset argocd-application-controller --replicas=1",
  ].join("\n"),
};

describe("somebody who does not follow it", () => {
  it.each<readonly [string, EngineName, EngineName, Blocks]>([
    ["leaves Flux running", "flux", "argocd", withoutStop],
    ["pushes before Flux is stopped", "flux", "argocd", pushedFirst],
    ["starts Flux again where its finalizers are left", "flux", "argocd", startedAgain(START.flux)],
    ["starts Argo CD again where its finalizers are left", "argocd", "flux", startedAgain(START.argocd)],
    ["leaves Argo CD running, and its finalizers", "argocd", "flux", (blocks) => finalizersLeft(withoutStop(blocks))],
  ])("%s and loses what runs", BUSY, async (_, from, to, changed) => {
    const { lost } = await follow(from, to, preset, changed);
    expect(lost).not.toEqual([]);
  });

  it.each(DIRECTIONS)(
    "waits for ever where finalizers are left from %s to %s, and loses nothing",
    BUSY,
    async (from, to) => {
      const { lost, failed } = await follow(from, to, preset, finalizersLeft);
      expect(failed.join("\n")).toContain("waits for ever");
      expect(lost).toEqual([]);
    },
  );

  // Where an Application finds its folder no more it compares nothing, and so deletes nothing.
  it("pushes before Argo CD is stopped, and loses nothing by that alone", BUSY, async () => {
    const { lost } = await follow("argocd", "flux", preset, pushedFirst);
    expect(lost).toEqual([]);
  });
});
