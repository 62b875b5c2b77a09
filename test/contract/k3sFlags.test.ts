/** K3s starts with the configuration as emitted: every key is a flag of the command that reads it. */
import { describe, expect, it } from "vitest";
import { at } from "../../src/model/unknown.ts";
import { readDocuments } from "../../src/yaml/documents.ts";
import { emittedNetworks, type Emitted } from "../fixtures/emitted.ts";
import { FLAGS, PACKAGED } from "../fixtures/k3sFlags.ts";

const onK3s = emittedNetworks.filter(({ plan }) => plan.cluster.distribution === "k3s");

const keysOf = ({ tree, prefix }: Emitted, path: string): readonly string[] => {
  const text = tree.get(`${prefix}${path}` as never)?.content;
  if (text === undefined) throw new Error(`${path} is not emitted`);
  // With a plus a list goes on where an earlier file had it (K3s documentation, Configuration Options, Value Merge Behavior).
  return Object.keys(readDocuments(text, path)[0] as object).map((key) => key.replace(/\+$/, ""));
};

const unknownIn = (network: Emitted, path: string, command: "server" | "agent"): readonly string[] =>
  keysOf(network, path).filter((key) => !FLAGS[command].has(key));

describe("configuration of K3s", () => {
  it("is emitted for several networks", () => expect(onK3s.length).toBeGreaterThan(2));

  it.each(onK3s)("has only keys that K3s reads, in $name", (network) => {
    expect(unknownIn(network, "k3s/server.yaml", "server")).toEqual([]);
    for (const { name, role } of network.plan.nodes) {
      const command = role === "control-plane" ? "server" : "agent";
      expect(unknownIn(network, `k3s/nodes/${name}.yaml`, command)).toEqual([]);
      if (command === "agent") expect(unknownIn(network, "k3s/agent.yaml", "agent")).toEqual([]);
    }
  });

  it.each(onK3s)("leaves out only what K3s brings, in $name", ({ tree, prefix }) => {
    const [server] = readDocuments(tree.get(`${prefix}k3s/server.yaml` as never)?.content ?? "", "server.yaml");
    expect((at(server, "disable") as readonly string[]).filter((name) => !PACKAGED.has(name))).toEqual([]);
  });

  it("would be found with a key of servers on an agent", () => {
    expect(["node-name", "cluster-cidr", "tls-sans"].filter((key) => !FLAGS.agent.has(key))).toEqual([
      "cluster-cidr",
      "tls-sans",
    ]);
  });
});
