/** A repository whose gateways are Cilium's: what is added to it goes through them, and check has nothing to say. */
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { reference } from "../fixtures/reference.ts";
import { edited } from "../rules/edits.ts";
import { addRouteGenerator } from "../../generators/add-route/addRoute.ts";
import { recordedSession } from "../support/session.ts";
import { runHere } from "../support/cli.ts";
import { edit, expectInLine, gen, repositories, textAt } from "../support/repository.ts";
import { expectUntouched, temporaryFolder, writeFiles } from "../support/workspace.ts";

const SPEC = edited(reference, [
  { find: "provider: envoy-gateway", replace: "provider: cilium" },
  { find: "domains: [ragas.cc]", replace: "domains: [ragas.cc, ragas.dev]" },
  { find: "dns:\n", replace: "certificates: { letsencrypt: { email: me@ragas.cc } }\n\ndns:\n" },
]);

const APP = ["--image", "ghcr.io/owner/app:1.2.3", "--port", "8096", "--namespace", "media"];

describe("gateways of Cilium", () => {
  let folder = "";
  beforeAll(async () => {
    const parent = temporaryFolder("cilium");
    writeFiles(parent, { "spec.yaml": SPEC });
    const made = await runHere("create-homelab-net", ["home", "--config", "spec.yaml", "--yes", "--no-git"], {
      cwd: parent,
    });
    if (made.code !== 0) throw new Error(made.stderr);
    folder = join(parent, "home");
  });

  it("carry requests to an app, which lets in what has no pods", async () => {
    const { code, stderr } = await gen(folder, "add-app", "photos", ...APP, "--route", "photos.ragas.dev", "--yes");
    expect(code, stderr).toBe(0);
    const app = "kubernetes/apps/media/photos/app";
    expect(textAt(folder, `${app}/httproute.yaml`)).toContain(
      "- name: internal\n      namespace: network\n      sectionName: https-ragas-dev\n",
    );
    expect(textAt(folder, `${app}/networkpolicy.yaml`)).toContain("- fromEntities:\n        - ingress\n");
  });
  it("answer a domain itself by a listener of its own", async () => {
    const { code, stderr } = await gen(folder, "add-route", "ragas.cc", "--app", "echo", "--yes");
    expect(code, stderr).toBe(0);
    expect(textAt(folder, "kubernetes/apps/default/echo/app/httproute-ragas.cc.yaml")).toContain(
      "sectionName: https-ragas-cc-itself",
    );
  });
  it("lead to a machine by http", async () => {
    const { code, stderr } = await gen(folder, "add-route", "nas.ragas.cc", "--to", "http://172.16.1.20:5000", "--yes");
    expect(code, stderr).toBe(0);
    expect(textAt(folder, "kubernetes/apps/lan/nas/app/httproute.yaml")).toContain("sectionName: https-ragas-cc");
  });
  it("leave nothing to say and nothing to do", async () => {
    const checked = await gen(folder, "check", "--strict");
    expect(checked.code, checked.stdout).toBe(0);
    await expectInLine(folder);
  });
  it.each([["--tls-skip-verify"], ["--tls-name", "cam.example.com"]])(
    "lead to no machine by https, and say why: %j",
    async (...tls) => {
      const { code, stderr } = await expectUntouched(folder, () =>
        gen(folder, "add-route", "cam.ragas.cc", "--to", "https://172.16.1.30", ...tls, "--yes"),
      );
      expect([code, stderr]).toEqual([2, expect.stringMatching(/by\s+http alone.*cilium\/cilium#48307/s)]);
    },
  );
  it.each(["unverified", "verified"])("ask for no https (%s) where they cannot speak it", async (scheme) => {
    const session = recordedSession({ cwd: folder, argument: "cam.ragas.cc", answers: ["machine", "pve1", scheme] });
    await expect(addRouteGenerator.collect(session)).rejects.toThrow(`${scheme} is disabled`);
  });
});

describe("from Envoy Gateway to Cilium", () => {
  const made = repositories();

  it("what leads to a machine by https is found, and what the repository makes follows", async () => {
    const folder = made.fresh();
    const nas = ["nas.ragas.cc", "--to", "https://172.16.1.20", "--tls-name", "nas.example.com", "--yes"];
    expect((await gen(folder, "add-route", ...nas)).code).toBe(0);
    edit(folder, "homelab.yaml", "provider: envoy-gateway", "provider: cilium");
    const applied = await gen(folder, "apply", "--yes");
    expect(applied.code, applied.stderr).toBe(0);
    expect(textAt(folder, "kubernetes/apps/kube-system/cilium/app/values.yaml")).toContain("gatewayAPI:");
    const { findings } = JSON.parse((await gen(folder, "check", "--json")).stdout) as {
      readonly findings: readonly { readonly id: string }[];
    };
    expect(findings.map(({ id }) => id)).toContain("BACKEND-PLAIN");
  });
});
