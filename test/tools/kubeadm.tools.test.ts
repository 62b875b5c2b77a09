/** Needs HOMELAB_NET_TOOLS: what is written for kubeadm, read by kubeadm itself. */
import { X509Certificate } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { emittedNetworks } from "../fixtures/emitted.ts";
import { builtTool } from "../support/goTools.ts";
import { run } from "../support/run.ts";
import { temporaryFolder, writeFiles } from "../support/workspace.ts";

const networks = emittedNetworks
  .filter(({ plan }) => plan.cluster.distribution === "kubeadm")
  .map(({ name, plan, tree }) => {
    const text = (path: string): string => (tree as ReadonlyMap<string, { content: string }>).get(path)?.content ?? "";
    const version = plan.cluster.kubernetes.pin?.version ?? "";
    // As bootstrap/kubeadm.sh puts them together.
    const cluster = text("kubeadm/cluster.yaml").replace(
      /^kind: ClusterConfiguration$/m,
      `$&\nkubernetesVersion: ${version}`,
    );
    const joining = plan.nodes.map((node) => ({
      machine: node.name,
      content: text(`kubeadm/nodes/${node.name}.yaml`),
    }));
    return { name, plan, start: `${text("kubeadm/init.yaml")}---\n${cluster}`, joining };
  });

async function validated(content: string) {
  const { path } = await builtTool("kubeadm");
  const folder = temporaryFolder("kubeadm");
  // It looks whether the file it would join with is there.
  writeFiles(folder, {
    "kubeadm.yaml": content.replace("/etc/kubernetes/discovery.conf", join(folder, "discovery.conf")),
    "discovery.conf": "",
  });
  const { code, stdout, stderr } = await run(path, ["config", "validate", "--config", join(folder, "kubeadm.yaml")]);
  return { code, said: `${stdout}${stderr}` };
}

it("there are networks to look at", () => expect(networks.length).toBeGreaterThan(1));

describe.each(networks)("$name", ({ start, joining, plan }) => {
  it("starts", async () => {
    expect(await validated(start)).toEqual({ code: 0, said: "ok\n" });
  });

  it.each(joining)("is joined by $machine", async ({ content }) => {
    expect(await validated(content)).toEqual({ code: 0, said: "ok\n" });
  });

  it("has an API server whose certificate is good for the address of the API and no other", async () => {
    const { path } = await builtTool("kubeadm");
    const folder = temporaryFolder("pki");
    writeFiles(folder, { "kubeadm.yaml": start.replace("clusterName:", `certificatesDir: ${folder}\nclusterName:`) });
    for (const phase of ["ca", "apiserver"]) {
      const args = ["init", "phase", "certs", phase, "--config", join(folder, "kubeadm.yaml")];
      expect(await run(path, args)).toMatchObject({ code: 0 });
    }
    const certificate = new X509Certificate(readFileSync(join(folder, "apiserver.crt")));
    for (const ip of plan.cluster.api.addresses) expect(certificate.checkIP(ip)).toBe(ip);
    expect(certificate.checkIP("192.0.2.1")).toBeUndefined();
  });
});

describe("kubeadm refuses", () => {
  const [{ start = "" } = {}] = networks;
  it.each([
    ["a key it has not", "  dnsDomain:", "  domain:"],
    ["a network that is none", /serviceSubnet: .*/, "serviceSubnet: 172.16.0.0/33"],
    ["arguments as they were before v1beta4", /- name: node-ip\n *value: (.*)/, "node-ip: $1"],
    ["an address of the API that is none", /controlPlaneEndpoint: .*/, "controlPlaneEndpoint: 10.4.0.10:70000"],
  ])("%s", async (_, find, replace) => {
    const wrong = start.replace(find, replace);
    expect(wrong).not.toBe(start);
    expect((await validated(wrong)).code).not.toBe(0);
  });
});
