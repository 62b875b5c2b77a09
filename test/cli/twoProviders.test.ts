/** A migration: gateways of two makers side by side, routes on one and on both, and `gen set` from the one to the other. */
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { readDocuments } from "../../src/yaml/documents.ts";
import { reference } from "../fixtures/reference.ts";
import { edited } from "../rules/edits.ts";
import { runHere } from "../support/cli.ts";
import { expectInLine, gen, textAt } from "../support/repository.ts";
import { temporaryFolder, writeFiles } from "../support/workspace.ts";

const SPEC = edited(reference, [
  { find: "provider: envoy-gateway", replace: "provider: cilium" },
  { find: "dns:\n", replace: "certificates: { letsencrypt: { email: me@ragas.cc } }\n\ndns:\n" },
]);

describe("gateways of two makers", () => {
  let folder = "";
  beforeAll(async () => {
    const parent = temporaryFolder("two-providers");
    writeFiles(parent, { "spec.yaml": SPEC });
    const made = await runHere("create-homelab-net", ["home", "--config", "spec.yaml", "--yes", "--no-git"], {
      cwd: parent,
    });
    if (made.code !== 0) throw new Error(made.stderr);
    folder = join(parent, "home");
  });

  it("stand beside each other by one command", async () => {
    const key = "ingress.gateways.next";
    const { code, stderr } = await gen(
      folder,
      "set",
      `${key}.address=172.16.1.62`,
      `${key}.provider=envoy-gateway`,
      "--yes",
    );
    expect(code, stderr).toBe(0);
    expect(textAt(folder, "homelab.yaml")).toContain("provider: envoy-gateway");
    const redirect = (path: string) => readDocuments(textAt(folder, path), path)[0];
    expect(redirect("kubernetes/apps/network/cilium-gateway/app/redirect.yaml")).toMatchObject({
      metadata: { name: "https-redirect" },
    });
    expect(redirect("kubernetes/apps/network/envoy-gateway/config/redirect.yaml")).toMatchObject({
      metadata: { name: "https-redirect-envoy-gateway" },
      spec: { parentRefs: [{ name: "envoy-next" }] },
    });
  });
  it("have a route each, of its own name, where a name goes to both", async () => {
    const { code, stderr } = await gen(
      folder,
      "add-route",
      "photos.ragas.cc",
      "--app",
      "echo",
      "--gateway",
      "all",
      "--yes",
    );
    expect(code, stderr).toBe(0);
    const path = "kubernetes/apps/default/echo/app/httproute-photos.ragas.cc.yaml";
    expect(readDocuments(textAt(folder, path), path)).toMatchObject([
      { metadata: { name: "photos-ragas-cc" }, spec: { parentRefs: [{ name: "internal" }] } },
      { metadata: { name: "photos-ragas-cc-envoy-gateway" }, spec: { parentRefs: [{ name: "envoy-next" }] } },
    ]);
    const again = await gen(folder, "add-route", "photos.ragas.cc", "--app", "echo", "--gateway", "all", "--yes");
    expect([again.code, again.stderr]).toEqual([0, expect.stringContaining("is there already, nothing to do")]);
  });
  it("lead to a machine each in its own way", async () => {
    const nas = ["nas.ragas.cc", "--to", "https://172.16.1.20", "--tls-skip-verify", "--gateway"];
    expect((await gen(folder, "add-route", ...nas, "internal", "--yes")).stderr).toContain("http alone");
    const { code, stderr } = await gen(folder, "add-route", ...nas, "next", "--yes");
    expect(code, stderr).toBe(0);
    expect(textAt(folder, "kubernetes/apps/lan/nas/app/backend.yaml")).toContain("insecureSkipVerify: true");
  });
  it("leave nothing to say and nothing to do", async () => {
    const checked = await gen(folder, "check", "--strict");
    expect(checked.code, checked.stdout).toBe(0);
    await expectInLine(folder);
  });
  it("end with the new one alone, and its routes follow", async () => {
    const { code, stderr } = await gen(
      folder,
      "set",
      "--unset",
      "ingress.gateways.internal",
      "ingress.provider=envoy-gateway",
      "ingress.gateways.next.default=true",
      "--yes",
    );
    expect(code, stderr).toBe(0);
    expect(textAt(folder, "kubernetes/apps/network/envoy-gateway/config/redirect.yaml")).toContain(
      "name: https-redirect\n",
    );
    const path = "kubernetes/apps/default/echo/app/httproute-photos.ragas.cc.yaml";
    expect(readDocuments(textAt(folder, path), path)).toMatchObject([
      { metadata: { name: "photos-ragas-cc" }, spec: { parentRefs: [{ name: "envoy-next" }] } },
    ]);
  });
});
