import { describe, expect, test } from "vitest";
import { networks, type Given } from "../../test/fixtures/givens.ts";
import { planOf } from "../../test/fixtures/plan.ts";
import { catalog } from "../../test/fixtures/realCatalog.ts";
import type { Plan } from "../model/plan.ts";
import { unitFiles } from "../compose/unitFiles.ts";
import { unitsOf } from "../plan/units.ts";
import { readDocuments } from "../yaml/documents.ts";

function objectsIn(given: Given, name: string): readonly unknown[] {
  const plan = planOf({ ...given, root: "" });
  const files = unitFiles(unitsOf(plan, catalog), plan, catalog);
  const file = [...files].find(([path]) => path.includes("/flux-operator/") && path.endsWith(`/${name}`));
  return file === undefined ? [] : readDocuments(file[1].content, name);
}

const inHouse: Given = networks["everything the other way"];
const atGitLab: Given = networks["three control planes kept free, two workers"];

describe("the repository", () => {
  const access = (of: Plan["repository"]["access"], url: string) => {
    const given = { repository: { access: of, url } };
    const secrets = unitsOf(planOf(given), catalog).find(({ id }) => id === "flux-operator/instance")?.secrets;
    const [instance] = objectsIn(given, "fluxinstance.yaml") as { spec: { sync: { pullSecret?: string } } }[];
    return [instance?.spec.sync.pullSecret, secrets?.flatMap(({ keys }) => keys.map(({ key }) => key))];
  };

  test("is read without a secret when it is public, with a token or a key when not", () => {
    expect(access("public", "https://github.com/me/homelab.git")).toEqual([undefined, []]);
    expect(access("token", "https://github.com/me/homelab.git")).toEqual(["git-access", ["username", "password"]]);
    expect(access("deploy-key", "ssh://git@github.com/me/homelab.git")).toEqual([
      "git-access",
      ["identity", "known_hosts"],
    ]);
  });
});

describe("a push", () => {
  const receiver = (given: Given) => objectsIn(given, "receiver.yaml")[0];

  test("is told the way of the Git host, by its name unless said otherwise", () => {
    expect(receiver(atGitLab)).toMatchObject({ spec: { type: "gitlab", events: ["Push Hook"] } });
    expect(receiver({ notifications: { push: {} } })).toMatchObject({ spec: { type: "github" } });
    expect(receiver(inHouse)).toMatchObject({ spec: { type: "generic-hmac" } });
  });

  test("comes in by the gateway that the internet reaches, to the path of the webhook alone", () => {
    expect(objectsIn(inHouse, "httproute.yaml")).toMatchObject([
      {
        spec: {
          hostnames: ["flux-webhook.ragas.cc"],
          parentRefs: [{ name: "envoy-external", sectionName: "https" }],
          rules: [{ matches: [{ path: { type: "PathPrefix", value: "/hook/" } }], backendRefs: [{ port: 80 }] }],
        },
      },
    ]);
  });

  test("is heard of after five minutes when nobody asked for more", () => {
    expect(receiver({})).toBeUndefined();
  });
});

test("alerts hear of every namespace that has steps", () => {
  const [provider, alert] = objectsIn(inHouse, "alerts.yaml") as { spec: Record<string, unknown> }[];
  expect(provider).toMatchObject({ spec: { type: "generic", secretRef: { name: "alerts-address" } } });
  expect(alert?.spec).toMatchObject({ eventSeverity: "info" });
  const heard = ((alert?.spec["eventSources"] ?? []) as { namespace: string }[]).map(({ namespace }) => namespace);
  expect([...new Set(heard)]).toEqual(["cert-manager", "default", "flux-system", "kube-system", "network"]);
});
