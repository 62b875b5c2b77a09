import { describe, expect, test } from "vitest";
import { networks, type Given } from "../../test/fixtures/givens.ts";
import { planOf } from "../../test/fixtures/plan.ts";
import { catalog } from "../../test/fixtures/realCatalog.ts";
import { ROOT } from "../../test/fixtures/root.ts";
import { unitFiles } from "../compose/unitFiles.ts";
import { unitsOf } from "../plan/units.ts";
import { readDocuments } from "../yaml/documents.ts";
import { stepCa } from "./step-ca.ts";
import { stepCaOptions } from "./stepCaOptions.ts";

const told: Given = networks["an authority on a machine of the LAN"];
const untold: Given = networks["an authority on a machine of the LAN, for SSH too, that the cluster was not told of"];
const forSsh: Given = networks["an authority for SSH alone, beside Let's Encrypt"];

const units = (given: Given) => unitsOf(planOf(given), catalog).filter(({ component }) => component === "step-ca");
const ids = (given: Given) => units(given).map(({ id }) => id);

function filesOf(given: Given): ReadonlyMap<string, string> {
  const plan = planOf(given);
  const chosen = plan.chosen.find(({ component }) => component.id === "step-ca");
  const tree = chosen && stepCa.files?.(plan, stepCaOptions.parse(chosen.options), chosen, catalog);
  return new Map([...(tree ?? [])].map(([path, { content }]) => [path, content]));
}

const configurationOf = (given: Given): unknown =>
  JSON.parse(filesOf(given).get("hosts/pve1/step-ca/ca.json") ?? "null");

describe("in the cluster", () => {
  test("step-issuer asks step-ca at the address of its machine, known by its root", () => {
    const plan = planOf(told);
    const own = units(told).filter(({ id }) => id === "step-issuer/step-ca");
    const [path, file] = [...unitFiles(own, plan, catalog)].find(([at]) => at.endsWith("issuer.yaml")) ?? [];
    expect(readDocuments(file?.content ?? "", path ?? "")).toMatchObject([
      {
        kind: "StepClusterIssuer",
        metadata: { name: "step-ca" },
        spec: {
          url: "https://172.16.1.2:9000",
          caBundle: ROOT,
          provisioner: {
            name: "cert-manager",
            kid: "cert-manager",
            passwordRef: { name: "step-ca-provisioner", namespace: "cert-manager", key: "password" },
          },
        },
      },
    ]);
  });
  test("nobody is asked before somebody said what step-ca is known by, and the password is asked for all the same", () => {
    expect(ids(untold)).toEqual(["step-issuer"]);
    expect(units(untold)[0]?.secrets?.map(({ name }) => name)).toEqual(["step-ca-provisioner"]);
  });
  test("there is nothing where it signs for SSH alone", () => {
    expect(ids(forSsh)).toEqual([]);
    expect(JSON.stringify(configurationOf(forSsh))).not.toContain("cert-manager");
  });
});

describe("on its machine", () => {
  test("the password of the cluster is good for gateways and that of people for SSH", () => {
    expect(configurationOf({ ...untold, domains: ["ragas.cc", "lab.internal"] })).toMatchObject({
      address: ":443",
      dnsNames: ["172.16.1.2", "pve1"],
      authority: {
        policy: { x509: { allow: { dns: ["ragas.cc", "*.ragas.cc", "lab.internal", "*.lab.internal"] } } },
        provisioners: [
          { name: "cert-manager", claims: { defaultTLSCertDuration: "720h", enableSSHCA: false } },
          { name: "ssh", claims: { enableSSHCA: true } },
          { type: "SSHPOP" },
        ],
      },
    });
  });
  test("it signs for machines that have SSH, and nodes of Talos have none", () => {
    expect(configurationOf(untold)).toMatchObject({
      authority: { policy: { ssh: { host: { allow: { dns: ["pve1", "pve2"], ip: ["172.16.1.2", "172.16.1.3"] } } } } },
    });
  });
  test("it has nothing of SSH where it does not sign for it", () => {
    expect(JSON.stringify(configurationOf(told))).not.toMatch(/ssh"|SSHPOP/);
    expect([...filesOf(told).keys()].filter((path) => path.startsWith("ssh/"))).toEqual([]);
  });
});

describe("its root", () => {
  const root = (text: string) => stepCaOptions.safeParse({ host: "pve1", root: text });
  const pem = Buffer.from(ROOT, "base64").toString();
  test.each([
    ["as a line", ROOT],
    ["as PEM", pem],
  ])("is taken %s", (_, text) => expect(root(text).data?.root).toBe(pem));
  test.each([
    ["a chain", pem + pem],
    ["something else", Buffer.from("certificate").toString("base64")],
    ["no base64", "-"],
    ["a key beside it", `${pem}-----BEGIN EC PRIVATE KEY-----`],
  ])("is not %s", (_, text) => expect(root(text).success).toBe(false));
});
