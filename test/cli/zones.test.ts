/** `dns.zones`: names of machines and of apps, from homelab.yaml to the files of the cluster. */
import { describe, expect, it } from "vitest";
import { runGenerator } from "../../src/plop/adapter.ts";
import { generators } from "../../generators/index.ts";
import { catalog } from "../fixtures/realCatalog.ts";
import { edit, expectInLine, gen, repositories, textAt } from "../support/repository.ts";
import { recordedSession } from "../support/session.ts";
import { expectUntouched } from "../support/workspace.ts";

const ZONES = "dns.zones={machines: nodes, services: services}";

const made = repositories();
const zoned = repositories("--preset", "pi-calico-bgp");
const certified = repositories("--preset", "talos-cilium-envoy");

const RECORDS = "kubernetes/apps/network/k8s-gateway/app/records.yaml";

const yes = (folder: string, ...args: readonly string[]) => gen(folder, ...args, "--yes");

describe("the zone of the machines", () => {
  it("has a name for every node and host, beside records, and follows both", async () => {
    const folder = made.fresh();
    await yes(folder, "add-record", "nas.ragas.cc", "--to", "172.16.1.20");
    const { code, stderr } = await yes(folder, "set", ZONES);
    expect(code, stderr).toBe(0);
    expect(textAt(folder, RECORDS)).toContain("172.16.1.20 nas.ragas.cc\n    172.16.1.50 talos-cp-1.nodes.ragas.cc\n");
    expect(textAt(folder, RECORDS)).toContain("172.16.1.11 adguard.nodes.ragas.cc\n");
    expect(textAt(folder, "docs/dns.md")).toContain("such as talos-cp-1.nodes.ragas.cc, 172.16.1.50");
    await yes(folder, "add-host", "nas", "--ip", "172.16.1.21");
    expect(textAt(folder, RECORDS)).toContain("172.16.1.21 nas.nodes.ragas.cc\n");
    expect((await yes(folder, "remove-host", "nas")).code).toBe(0);
    expect(textAt(folder, RECORDS)).not.toContain("nas.nodes");
    edit(folder, "homelab.yaml", "ip: 172.16.1.53", "ip: 172.16.1.54");
    await yes(folder, "apply");
    expect(textAt(folder, RECORDS)).toContain("172.16.1.54 talos-worker-1.nodes.ragas.cc\n");
    // A second record is added to those that are written, and not to those of the zone.
    expect((await yes(folder, "add-record", "printer.ragas.cc", "--to", "172.16.1.30")).code).toBe(0);
    expect(textAt(folder, "homelab.yaml")).not.toContain("talos-cp-1.nodes");
    await expectInLine(folder);
    expect((await gen(folder, "check", "--strict")).code).toBe(0);
  });

  it.each([
    [["add-route", "opnsense.nodes.goldentooth.net", "--app", "echo"], "the zone of the machines has this one"],
    [["add-record", "opnsense.nodes.goldentooth.net", "--to", "allyrion"], "is the name of opnsense in the zone"],
    [["remove-record", "opnsense.nodes.goldentooth.net"], "homelab.yaml has no record"],
  ])("%j is refused", async (args, message) => {
    const { code, stderr } = await expectUntouched(zoned.template, () => yes(zoned.template, ...args));
    expect([code, stderr]).toEqual([2, expect.stringContaining(message)]);
  });

  it("goes with its domain, where it was written in full", async () => {
    const folder = made.fresh();
    await yes(folder, "add-domain", "ragas.dev");
    await yes(folder, "set", "dns.zones.machines=nodes.ragas.dev");
    const { code, stderr } = await expectUntouched(folder, () => yes(folder, "remove-domain", "ragas.dev"));
    expect([code, stderr]).toEqual([2, expect.stringContaining("error[DNS-ZONE-DOMAIN]")]);
  });
});

describe("the zone of apps", () => {
  it("has a certificate and listeners, and is where names of one word stand", async () => {
    const folder = certified.fresh();
    const { code, stderr } = await yes(folder, "set", "dns.zones.services=services");
    expect(code, stderr).toBe(0);
    const certificates = textAt(folder, "kubernetes/apps/network/certificates/app/certificates.yaml");
    expect(certificates).toContain('- "*.services.ragas.cc"\n    - services.ragas.cc\n');
    expect(certificates).toContain('- "*.ragas.cc"\n');
    expect(textAt(folder, "kubernetes/apps/network/envoy-gateway/config/gateways.yaml")).toContain(
      "wildcard-services-ragas-cc-tls",
    );
    const route = await yes(folder, "add-route", "photos", "--app", "echo");
    expect(route.code, route.stderr).toBe(0);
    expect(textAt(folder, "kubernetes/apps/default/echo/app/httproute-photos.services.ragas.cc.yaml")).toContain(
      "photos.services.ragas.cc",
    );
    // As before.
    expect((await yes(folder, "add-route", "photos.ragas.cc", "--app", "echo")).code).toBe(0);
    // All it says is that the free certificate of Cloudflare does not reach below the zone.
    const check = await gen(folder, "check", "--strict", "--json");
    const { findings } = JSON.parse(check.stdout) as { findings: readonly { id: string; severity: string }[] };
    expect(
      findings.filter(({ severity, id }) => severity !== "note" && id !== "SECRET-MISSING").map(({ id }) => id),
    ).toEqual(["CFD-04"]);
    const deeper = await expectUntouched(folder, () => yes(folder, "add-route", "a.b.services.ragas.cc"));
    expect([deeper.code, deeper.stderr]).toEqual([2, expect.stringContaining("*.services.ragas.cc reaches")]);
  });

  it("is proposed for new apps", async () => {
    const answers = ["image", "whoami", "docker.io/traefik/whoami:v1.11", "", "", "80", false];
    const session = recordedSession({ cwd: zoned.template, catalog, answers });
    const { prepared } = await runGenerator("add-app", generators(catalog), session);
    const route = prepared.changes.changes.find(({ path }) => path.endsWith("/whoami/app/ingress.yaml"));
    expect(route).toMatchObject({ after: expect.stringContaining("whoami.services.goldentooth.net") });
  });

  it("is nobody's where there is none: one word stands below the first domain", async () => {
    const folder = made.fresh();
    expect((await yes(folder, "add-route", "photos", "--app", "echo")).code).toBe(0);
    expect(textAt(folder, "kubernetes/apps/default/echo/app/httproute-photos.ragas.cc.yaml")).toContain(
      "photos.ragas.cc",
    );
  });
});
