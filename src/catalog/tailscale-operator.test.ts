import { describe, expect, test } from "vitest";
import { flowsIn, unitsIn } from "../../test/fixtures/inUse.ts";
import { networks, type Given } from "../../test/fixtures/givens.ts";
import { remoteNetworks } from "../../test/fixtures/remoteGivens.ts";
import { planOf } from "../../test/fixtures/plan.ts";
import { catalog } from "../../test/fixtures/realCatalog.ts";
import { textsOf } from "../model/docs.ts";
import { optionsOf } from "../model/chosen.ts";
import type { Plan } from "../model/plan.ts";
import { asList, asMap, at } from "../model/unknown.ts";
import { readDocuments } from "../yaml/documents.ts";
import { TAILSCALE, tailscaleOperator } from "./tailscale-operator.ts";
import { answeringIn, routesOf } from "./tailscaleReach.ts";

const one = planOf(remoteNetworks["reached by Tailscale, one machine"]);
const both = planOf(
  remoteNetworks["reached by Tailscale, with nodes and the API, in both families, two domains and two gateways"],
);
const house = planOf(remoteNetworks["reached by Tailscale, all of the LAN, names in two servers of the house"]);
const nobody = planOf(remoteNetworks["reached by Tailscale, nobody answers in the house"]);
const reached = [one, both, house, nobody];

const objectOf = (plan: Plan, file: string): unknown => {
  const unit = unitsIn(plan, TAILSCALE)[1];
  const id = `components/tailscale-operator/config/${file}`;
  return readDocuments(catalog.templates.render(id, unit?.view ?? {}), file)[0];
};

const page = (plan: Plan): string => {
  const { docs } = tailscaleOperator;
  const options = optionsOf(plan, tailscaleOperator);
  const chosen = plan.chosen.find(({ component }) => component.id === TAILSCALE);
  if (docs?.page === undefined || options === undefined || chosen === undefined) throw new Error("it has a page");
  const view = docs.view(plan, options, chosen);
  return textsOf(docs.page.template)
    .map((text) => catalog.templates.render(text, view))
    .join("\n");
};

/** Human JSON is YAML in flow style, but for its comments. */
const policyOn = (plan: Plan): unknown => {
  const [, json = ""] = /```json\n([^`]*)```/.exec(page(plan)) ?? [];
  return readDocuments(`{\n${json.replaceAll(/ *\/\/.*$/gm, "")}}`, "policy")[0];
};

describe("what devices reach", () => {
  const plan = planOf();
  test("is no more than was asked for, in the fewest networks", () => {
    expect(routesOf(plan, "services")).toEqual(["172.16.1.60/30", "172.16.1.64/30", "172.16.1.68/31"]);
    expect(routesOf(plan, "cluster").slice(0, 3)).toEqual(["172.16.1.49/32", "172.16.1.50/31", "172.16.1.52/31"]);
    expect(routesOf(plan, "lan")).toEqual(["172.16.1.0/24"]);
  });
  test("are pools that touch each other as one, and those that routers are told beside the LAN", () => {
    const touching = planOf({ pools: { lan: "172.16.1.60-172.16.1.61", more: "172.16.1.62-172.16.1.63" } });
    expect(routesOf(touching, "services")).toEqual(["172.16.1.60/30"]);
    const told = planOf(networks["routers told by Cilium"]);
    expect(routesOf(told, "lan")).toEqual(["10.50.0.80/29", "172.16.1.0/24"]);
  });
  test("are addresses of nodes where Services have those", () => {
    expect(routesOf(planOf(networks["addresses of nodes"] satisfies Given), "services")).toContain("172.16.1.50/32");
  });
  test("is in both families where the network is", () => {
    expect(routesOf(both, "cluster").filter((route) => route.includes(":"))).toContain("fd00:1::49/128");
  });
  test("is who answers for names, where that is no Service", () => {
    expect(routesOf(house, "services")).toEqual(expect.arrayContaining(["172.16.1.1/32", "172.16.1.11/32"]));
    expect(routesOf(nobody, "services")).not.toContain("172.16.1.11/32");
  });
});

describe("whom devices ask for names", () => {
  const written = (publish: NonNullable<Given["publish"]>) =>
    planOf({ domains: ["ragas.cc", "ragas.net"], split: "no-split-dns", publish });
  test("is the server in the cluster, or those that names are written to, or nobody", () => {
    expect(answeringIn(both)).toEqual([
      { domain: "ragas.cc", servers: ["172.16.1.60", "fd00:1::60"] },
      { domain: "ragas.net", servers: ["172.16.1.60", "fd00:1::60"] },
    ]);
    expect(answeringIn(house)).toEqual([{ domain: "ragas.cc", servers: ["172.16.1.1", "172.16.1.11"] }]);
    expect(answeringIn(nobody)).toEqual([]);
  });
  test("is nobody for a domain that is not written there", () => {
    const plan = written({ unifi: { url: "https://172.16.1.1", domains: ["ragas.net"] } });
    expect(answeringIn(plan)).toEqual([{ domain: "ragas.net", servers: ["172.16.1.1"] }]);
  });
  test("are the resolvers of the LAN where the server is known by a name alone", () => {
    const plan = written({ unifi: { url: "https://unifi.lan" } });
    const there: Plan = { ...plan, lan: { ...plan.lan, dns: ["172.16.1.11", "1.1.1.1"] as never } };
    expect(answeringIn(there)[0]?.servers).toEqual(["172.16.1.11"]);
  });
  test("is never whoever tells the internet", () => {
    expect(answeringIn(written({ cloudflare: { gateways: ["internal"] } }))).toEqual([]);
  });
});

test("the policy approves what the routers offer, and lets devices reach no more", () => {
  for (const plan of reached) {
    const routes = asList(at(objectOf(plan, "connector.yaml"), "spec", "subnetRouter", "advertiseRoutes"));
    const policy = policyOn(plan);
    expect(Object.keys(asMap(at(policy, "autoApprovers", "routes")))).toEqual(routes);
    const [mine, ...others] = asList(at(policy, "grants"));
    expect(at(mine, "dst")).toEqual(routes);
    const doors = others.flatMap((grant) => asList(at(grant, "dst")));
    const [servers, gateways] = [answeringIn(plan).flatMap((one_) => one_.servers), plan.gateways];
    expect(new Set(doors)).toEqual(new Set([...gateways.flatMap(({ addresses }) => addresses), ...servers]));
  }
});

test("tags of the policy are those that the operator and its routers are given", () => {
  const values = catalog.templates.render(
    "components/tailscale-operator/values.yaml",
    unitsIn(both, TAILSCALE)[0]?.view ?? {},
  );
  const tags = Object.keys(asMap(at(policyOn(both), "tagOwners")));
  const [chart] = readDocuments(values, "values.yaml");
  const given = [
    at(chart, "operatorConfig", "defaultTags", 0),
    at(chart, "proxyConfig", "defaultTags"),
    at(objectOf(both, "connector.yaml"), "spec", "tags", 0),
  ];
  expect([...new Set(given)]).toEqual(tags);
});

test("two routers keep to two nodes, and one needs no rule for that", () => {
  const spread = (plan: Plan) => at(objectOf(plan, "proxyclass.yaml"), "spec", "statefulSet", "pod");
  const replicas = (plan: Plan) => at(objectOf(plan, "connector.yaml"), "spec", "replicas");
  expect([replicas(one), replicas(both)]).toEqual([1, 2]);
  expect(spread(one)).not.toHaveProperty("topologySpreadConstraints");
  const policy = flowsIn(both, TAILSCALE).find(({ unit }) => unit.endsWith("/config"));
  expect(spread(both)).toMatchObject({
    topologySpreadConstraints: [{ labelSelector: { matchLabels: policy?.to } }],
  });
});

describe("a pod network that finds Services when a pod connects", () => {
  const byPacket = (given: Given) => unitsIn(planOf(given), "cilium")[0]?.view["byPacket"];
  test("looks at packets where some are passed on", () => {
    expect(byPacket({ remote: { tailscale: {} } })).toBe(true);
    expect(byPacket({})).toBe(false);
  });
  test("has nothing to look for beside kube-proxy", () => {
    expect(byPacket({ ...networks["Cilium beside kube-proxy"], remote: { tailscale: {} } })).toBe(false);
  });
});
