/** Both engines over the same networks: they install the same, and nothing before what it needs. */
import { describe, expect, it } from "vitest";
import { keptSecrets } from "../../../src/model/keptSecrets.ts";
import { emitted, emittedNetworks, type Emitted } from "../../fixtures/emitted.ts";
import { ofArgo, ofFlux, type Files } from "./installations.ts";
import { differences } from "./parity.ts";
import { tooEarly } from "./simulate.ts";
import { underBoth } from "./underBoth.ts";

const filesOf = ({ tree }: Emitted): Files => new Map([...tree].map(([path, { content }]) => [path, content]));

// Secrets that stand in the repository are opened by another part under each.
const withoutSecrets = emittedNetworks.filter(({ plan }) => keptSecrets(plan) === undefined);

describe("under both engines", () => {
  it.each(withoutSecrets)("$name is made of the same, in the same order", (network) => {
    const { flux, argo } = underBoth(network);
    expect(ofFlux(filesOf(flux)).length).toBeGreaterThan(2);
    expect(differences(filesOf(flux), filesOf(argo))).toEqual([]);
  });
  it.each(emittedNetworks)("$name applies nothing before what it needs", (network) => {
    const { flux, argo } = underBoth(network);
    expect(tooEarly(ofFlux(filesOf(flux)), filesOf(flux), flux)).toEqual([]);
    expect(tooEarly(ofArgo(filesOf(argo)), filesOf(argo), argo)).toEqual([]);
  });
});

describe("what is found", () => {
  const usual = emittedNetworks.find(({ name }) => name === "the preset talos-cilium-envoy");
  if (usual === undefined) throw new Error("the preset is among the networks");
  const { flux, argo } = underBoth(usual);
  const changed = (files: Files, path: RegExp, find: string | RegExp, replace: string): Files =>
    new Map([...files].map(([name, text]) => [name, path.test(name) ? text.replace(find, replace) : text]));
  const difference = (argoFiles: Files) => differences(filesOf(flux), argoFiles).map(({ about }) => about);

  it.each<[string, RegExp, string | RegExp, string, string]>([
    [
      "another version",
      /argo\/apps\/.*\/coredns\.yaml$/,
      /targetRevision: \d.*/,
      "targetRevision: 0.0.1",
      "coredns/app",
    ],
    ["another release", /argo\/apps\/.*\/coredns\.yaml$/, "releaseName: coredns", "releaseName: dns", "coredns/app"],
    ["other values", /coredns\/app\/values\.yaml$/, /$/, "\nmore: true\n", "coredns/app"],
    ["another namespace", /argo\/apps\/.*\/coredns\.yaml$/, "namespace: kube-system", "namespace: dns", "coredns/app"],
    ["an object less", /coredns\/app\/kustomization\.yaml$/, /^.*networkpolicy.*\n/m, "", "coredns/app"],
    [
      "another wave",
      /argo\/apps\/.*\/cilium\.yaml$/,
      /sync-wave: .*/,
      'sync-wave: "7"',
      "after kubernetes/apps/kube-system/cilium/app",
    ],
    ["another label", /network\/namespace\.yaml$/, "  labels:\n", "  labels:\n    a: b\n", "namespaces"],
  ])("%s", (_, path, find, replace, about) => {
    expect(difference(changed(filesOf(argo), path, find, replace)).join("\n")).toContain(about);
  });

  it("a step that is not told to wait", () => {
    const files = changed(filesOf(flux), /envoy-gateway\/ks\.yaml$/, /^ {2}dependsOn:\n(?: {4}.*\n)+/gm, "");
    expect(tooEarly(ofFlux(files), files, flux).join("\n")).toContain("is applied before there is a");
  });

  it("a step in too early a wave", () => {
    const files = changed(filesOf(argo), /envoy-gateway\.yaml$/, /sync-wave: .*/g, 'sync-wave: "-50"');
    expect(tooEarly(ofArgo(files), files, argo).join("\n")).toContain("is applied before there is a");
  });

  it("a bootstrap that leaves out what comes before", () => {
    const pis = emittedNetworks.find(({ name }) => name === "the preset pi-calico-bgp");
    if (pis === undefined) throw new Error("the preset is among the networks");
    const files = changed(filesOf(pis), /bootstrap\/apps\.sh$/, /^apply_remote .*\n/m, "");
    expect(tooEarly(ofFlux(files), files, pis).join("\n")).toContain("bootstrap installs");
  });
});

it("is told of networks that say nothing about their engine", () => {
  const { argo } = underBoth(emitted(emittedNetworks[0]?.tree.get("homelab.yaml" as never)?.content ?? ""));
  expect(argo.plan.engine).toBe("argocd");
});
