/**
 * The health check of Applications, as the emitted values have it, run by a real Lua of the version that Argo CD's own speaks
 * (5.1). States are those of Applications of Argo CD 3.5.1 on their way. Needs HOMELAB_NET_TOOLS: lua5.1 on PATH.
 */
import { expect, test } from "vitest";
import { asMap, at } from "../../src/model/unknown.ts";
import { readDocuments } from "../../src/yaml/documents.ts";
import { emittedNetworks } from "../fixtures/emitted.ts";
import { output } from "../support/run.ts";

const network = emittedNetworks.find(({ name }) => name === "the preset k3s-kubevip-traefik");
if (network === undefined) throw new Error("the preset is among the networks");
const values = [...network.tree].find(([path]) => path.endsWith("/argocd/app/values.yaml"))?.[1].content ?? "";
const check = String(
  asMap(at(readDocuments(values, "values.yaml")[0], "configs", "cm"))[
    "resource.customizations.health.argoproj.io_Application"
  ],
);

/** Maps and texts alone: that is all a state is made of. */
const asLua = (value: unknown): string =>
  typeof value === "string"
    ? JSON.stringify(value)
    : `{${Object.entries(asMap(value))
        .map(([key, item]) => `${key}=${asLua(item)}`)
        .join(", ")}}`;

const health = (script: string, state: object): Promise<string> =>
  output("lua5.1", [
    "-e",
    `obj = ${asLua(state)}; local function check() ${script} end; local hs = check(); io.write(hs.status, "|", hs.message)`,
  ]);

const state = (sync: string, status: string, message?: string) => ({
  status: { sync: { status: sync }, health: { status, ...(message !== undefined && { message }) } },
});

test.each<[string, object, string]>([
  ["made a moment ago", { metadata: { name: "cilium" } }, "Progressing|"],
  ["looked at and not compared", { status: { health: { status: "Healthy" } } }, "Progressing|not in sync yet"],
  ["compared, nothing applied", state("OutOfSync", "Missing"), "Missing|"],
  ["healthy although objects are missing", state("OutOfSync", "Healthy"), "Progressing|not in sync yet"],
  ["its source cannot be read", state("Unknown", "Healthy"), "Progressing|not in sync yet"],
  ["applied, pods start", state("Synced", "Progressing", "1 of 2 replicas"), "Progressing|1 of 2 replicas"],
  ["applied, pods fail", state("Synced", "Degraded"), "Degraded|"],
  ["applied and running", state("Synced", "Healthy"), "Healthy|"],
])("%s", async (_, given, expected) => {
  expect(await health(check, given)).toBe(expected);
});

test("the documentation's own check would let the next wave begin too early", async () => {
  const theirs = check.replace(/if hs\.status == "Healthy" and[^]*?\n *end\n/, "");
  expect(theirs).not.toBe(check);
  expect(await health(theirs, state("OutOfSync", "Healthy"))).toBe("Healthy|");
});
