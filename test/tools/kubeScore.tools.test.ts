/** Needs HOMELAB_NET_TOOLS: kube-score judges every workload that is written here. What it may say has a reason each. */
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { emittedNetworks } from "../fixtures/emitted.ts";
import { builtTool } from "../support/goTools.ts";
import { readManifests } from "../support/manifests.ts";
import { podOf } from "../support/podSecurity.ts";
import { run } from "../support/run.ts";
import { temporaryFolder, writeFiles } from "../support/workspace.ts";
import { printDocuments } from "../../src/yaml/print.ts";

/** Checks that are about other clusters than these. */
const NOT_OURS: Readonly<Record<string, string>> = {
  "container-image-pull-policy": "images are pinned by digest or version, and a house without internet has to start",
  "container-ephemeral-storage-request-and-limit": "these programs write nothing that lasts into their own files",
  "pod-networkpolicy": "it knows policies of Kubernetes alone; test/contract judges those of every pod network",
  "pod-probes": "a DaemonSet without a Service is asked by nobody whether it is ready",
};

const MACHINE = "it sets up the network of the node itself, so it is root there (multus-cni, deployments)";
const DEVICES = "kubelet and the devices of the node are root's";
const ONE = "there is one pod of it, which answers nobody: a budget would keep its node from being emptied";
const SHORT = "it copies a file and ends";

/** By object and check. */
const ALLOWED: Readonly<Record<string, string>> = {
  ...Object.fromEntries(
    ["multus", "multus-dhcp"].flatMap((name) =>
      [
        "The container is privileged",
        "The container is running with a low user ID",
        "The container running with a low group ID",
        "The pod has a container with a writable root filesystem",
      ].map((what) => [`${name}: ${what}`, MACHINE] as const),
    ),
  ),
  "multus: Memory limit is not set": SHORT,
  "multus-dhcp: Memory limit is not set": SHORT,
  ...Object.fromEntries(
    ["amd-gpu-plugin", "intel-gpu-plugin"].flatMap((name) =>
      ["The container is running with a low user ID", "The container running with a low group ID"].map(
        (what) => [`${name}: ${what}`, DEVICES] as const,
      ),
    ),
  ),
  "system-upgrade-controller: No matching PodDisruptionBudget was found": ONE,
  "system-upgrade-controller: Deployment does not have a host podAntiAffinity set": ONE,
  "amd-gpu-plugin: The pod has a container with a writable root filesystem":
    "upstream's manifest has it so, and no node with such a card was there to try it otherwise",
};

async function judged(text: string): Promise<readonly string[]> {
  const folder = temporaryFolder("kube-score");
  writeFiles(folder, { "all.yaml": text });
  const { path } = await builtTool("kube-score");
  const ignored = Object.keys(NOT_OURS).flatMap((check) => ["--ignore-test", check]);
  const { stdout, stderr } = await run(
    path,
    ["score", "--output-format", "ci", "--ignore-container-cpu-limit", ...ignored, join(folder, "all.yaml")],
    { cwd: folder },
  );
  expect(stderr).toBe("");
  return stdout
    .split("\n")
    .flatMap(
      (line) => /^\[(?:CRITICAL|WARNING)\] (\S+) \S+: (?:\(.*?\) )?(.*)$/.exec(line)?.slice(1, 3).join(": ") ?? [],
    );
}

const written = new Set(
  emittedNetworks.flatMap(({ tree, prefix }) =>
    [...tree]
      .filter(
        ([path]) =>
          path.startsWith(`${prefix}kubernetes/`) &&
          /\/(?:daemonset|deployment|statefulset|job|cronjob)\.yaml$/.test(path),
      )
      .flatMap(([path, { content }]) => readManifests(content, path))
      .filter((object) => podOf(object) !== undefined)
      .map((object) => printDocuments([object])),
  ),
);

describe("workloads", () => {
  test("have nothing said of them but what has a reason, and every reason is needed", async () => {
    expect(written.size).toBeGreaterThan(3);
    const found = new Set(await judged([...written].join("---\n")));
    expect([...found].filter((one) => ALLOWED[one] === undefined)).toEqual([]);
    expect(Object.keys(ALLOWED).filter((one) => !found.has(one))).toEqual([]);
  });
  test("are found where they may do anything", async () => {
    const wide = `apiVersion: apps/v1
kind: DaemonSet
metadata: { name: wide }
spec:
  selector: { matchLabels: { a: b } }
  template:
    metadata: { labels: { a: b } }
    spec:
      containers: [{ name: a, image: a, securityContext: { privileged: true } }]
`;
    expect(await judged(wide)).toEqual(
      expect.arrayContaining(["wide: The container is privileged", "wide: Image with latest tag"]),
    );
  });
});
