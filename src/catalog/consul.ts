import { z } from "zod";
import { labelField } from "../fields/fields.ts";
import type { Component } from "../model/component.ts";
import { machinesNamed, withPort } from "../model/namedMachines.ts";
import type { Plan } from "../model/plan.ts";
import type { Pods, SecretNeed, Unit, View } from "../model/unit.ts";
import { anywhere } from "../model/workloads.ts";
import { asksApi, asksMachines } from "./begins.ts";
import { closedPods } from "./closedPods.ts";

const ID = "consul";
const PATH = `hashicorp.${ID}`;
/** The chart's, whatever its release is called (2.0.3, values: global.domain). */
const DOMAIN = "consul";
/** Consul documentation, Required ports. */
const DNS_PORT = 8600;
const PORTS = { plain: { http: 8500, grpc: 8502 }, tls: { http: 8501, grpc: 8503 } } as const;

const CA: SecretNeed = {
  name: "consul-ca-cert",
  keys: [
    {
      key: "tls.crt",
      what: "certificate of the authority that the servers of Consul have their certificates of",
      from: "consul-agent-ca.pem on a server, which consul tls ca create wrote",
    },
  ],
  because: "by it Services are told to your servers and to nobody who only says so",
};

const TOKEN: SecretNeed = {
  name: "consul-sync-token",
  keys: [
    {
      key: "token",
      what: "token with a policy that writes the node k8s-sync and services, and nothing else",
      from: "consul acl token create, with the policy of docs/consul.md",
    },
  ],
  because: "Consul lets nobody write its catalog without one",
};

const options = z.strictObject({
  servers: z
    .array(labelField())
    .min(1)
    .describe("machines that servers of Consul run on, by their names in lan.hosts or cluster.nodes")
    .meta({ kind: "a list of names", example: ["nas"] }),
  datacenter: z
    .string()
    // Consul documentation, agent configuration: datacenter.
    .regex(/^[a-z0-9_-]{1,63}$/, "expected letters a to z, digits, - and _")
    .default("dc1")
    .describe("datacenter of these servers")
    .meta({ kind: "a name", because: "Consul calls its first one so" }),
  sync: z
    .enum(["to-consul", "none"])
    .default("to-consul")
    .describe(
      "to-consul writes Services that ask for it into the catalog of Consul; none only lets pods find names of .consul",
    )
    .meta({ because: "what runs beside Kubernetes finds what runs in it then" }),
  tls: z
    .boolean()
    .default(true)
    .describe("whether the servers speak https, with certificates of Consul's own authority")
    .meta({ because: "a token that goes over the network in the clear is nobody's secret" }),
  acl: z
    .boolean()
    .default(true)
    .describe("whether Consul asks for a token")
    .meta({ because: "without one everybody in the house may write its catalog" }),
});

type Options = z.output<typeof options>;

/** The servers run on machines of the house: here is only what Kubernetes has to do with them. */
export const consul: Component<Options> = {
  id: ID,
  slot: "hashicorp",
  title: "Consul",
  summary: "Services that ask for it stand in the catalog of your Consul, and pods find names of .consul",
  options,
  units: (plan, chosen) => (chosen.sync === "none" ? [] : [catalogSync(plan, chosen)]),
  answers: (plan, { servers }) => [
    { domains: [DOMAIN], servers: machinesNamed(plan, servers).map(({ ip }) => withPort(ip, DNS_PORT)) },
  ],
  expects: (plan, chosen) =>
    machinesNamed(plan, chosen.servers).map(({ name, ip }) => ({
      kind: "listens",
      title: "Consul",
      name,
      address: ip,
      port: portsOf(chosen).http,
      path: `${PATH}.servers`,
      fix: "consul members says there how they are; a server of Consul is installed by you",
    })),
  flows: (_, { sync }) => (sync === "none" ? [] : [nobody]),
  begins: (plan, chosen) =>
    chosen.sync === "none"
      ? []
      : [
          asksApi(syncPods, "it watches Services and nodes"),
          // Consul documentation, consul-k8s: the catalog by http, and where the servers are by gRPC.
          ...asksMachines(
            plan,
            syncPods,
            machinesNamed(plan, chosen.servers).flatMap(({ ip }) =>
              Object.values(portsOf(chosen)).map((port) => ({ ip, port })),
            ),
            "it writes Services into the catalog of Consul",
          ),
        ],
  workloads: (_, { sync }) => (sync === "none" ? [] : [anywhere(`${ID}-sync-catalog`, 48)]),
  pins: [ID],
  docs: {
    template: `components/${ID}/docs.md`,
    page: { path: "docs/consul.md", template: `components/${ID}/page.md` },
    fragments: { troubleshooting: `components/${ID}/troubleshooting.md` },
    view: docsView,
  },
};

const portsOf = ({ tls }: Options) => (tls ? PORTS.tls : PORTS.plain);

const catalogSync = (plan: Plan, chosen: Options): Unit => ({
  id: ID,
  component: ID,
  namespace: ID,
  release: { name: ID, chart: ID, values: `components/${ID}/values.yaml` },
  secrets: [...(chosen.tls ? [CA] : []), ...(chosen.acl ? [TOKEN] : [])],
  restricted: true,
  view: {
    datacenter: chosen.datacenter,
    hosts: machinesNamed(plan, chosen.servers).map(({ ip }) => ip),
    httpPort: portsOf(chosen).http,
    grpcPort: portsOf(chosen).grpc,
    // The name in certificates of servers (Consul documentation, tls: verify_server_hostname).
    serverName: chosen.tls ? `server.${chosen.datacenter}.${DOMAIN}` : null,
    authority: CA.name,
    token: chosen.acl ? TOKEN.name : null,
  },
});

/** Labels of the chart's pod (2.0.3, templates/sync-catalog-deployment.yaml). */
const syncPods: Pods = { namespace: ID, labels: { app: ID, component: "sync-catalog" } };

const nobody = closedPods({ unit: ID, namespace: ID, name: ID, to: syncPods.labels });

function docsView(plan: Plan, chosen: Options): View {
  const servers = machinesNamed(plan, chosen.servers);
  return {
    servers: servers.map(({ name, ip }) => ({ name, ip })),
    first: servers[0]?.ip ?? "",
    datacenter: chosen.datacenter,
    sync: chosen.sync === "to-consul",
    tls: chosen.tls,
    acl: chosen.acl,
    http: portsOf(chosen).http,
    grpc: portsOf(chosen).grpc,
    dns: DNS_PORT,
    authority: CA.name,
    token: TOKEN.name,
    namespace: ID,
  };
}
