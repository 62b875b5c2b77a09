/** What closed namespaces let through, as both ends have to say it: who is named takes it, who begins it may. */
import { covers, parseCidr, type Cidr } from "./address.ts";
import { API_SERVER_PORT } from "./apiUrl.ts";
import type { Plan } from "./plan.ts";
import type { Allowed, Begun, Far, Ground, Party, Passage, PodPort } from "./policies.ts";
import type { Carrier, Pods } from "./unit.ts";

/** Labels that every cluster has on its resolver (Kubernetes, cluster/addons/dns; the CoreDNS chart, k8sAppLabelOverride). */
const RESOLVER: Pods = { namespace: "kube-system", labels: { "k8s-app": "kube-dns" } };

/** What lets pods of a closed namespace begin what they like at each other. */
export const OWN_NAMESPACE = "own-namespace";

/** Namespaces there is something to write for, those that are closed first. */
export const namespacesWithPolicies = (plan: Plan): readonly string[] => [
  ...new Set<string>([
    ...plan.policies.closed.keys(),
    ...plan.policies.allowed.flatMap((allowed) => endsOf(allowed, plan).map(({ namespace }) => namespace)),
  ]),
];

/** What follows from homelab.yaml for a namespace, in the order of its list. */
export const allowedIn = (namespace: string, plan: Plan): readonly Passage[] =>
  told(plan.policies.allowed.flatMap((allowed) => endsOf(allowed, plan)).filter((one) => one.namespace === namespace));

/**
 * What the pods of a closed namespace may begin, whoever they are: ask for names, ask each other, where the other one
 * decides, and what the components they are of need.
 */
export function basicsOf(namespace: string, plan: Plan): readonly Passage[] {
  const every = { namespace, labels: {}, direction: "egress" as const };
  const begun = begunIn(namespace, plan)
    .map(({ pods, to, ports, because }) => ({
      name: nameOf(slug(pods, namespace), "to", slugOf(to, namespace), ports),
      namespace,
      because,
      labels: pods.labels,
      direction: "egress" as const,
      far: farOf(to, plan),
      ports,
    }))
    .filter(({ far }) => far.length > 0);
  return told([
    {
      ...every,
      name: "names",
      because: "every pod may ask for names",
      far: [{ kind: "pods", pods: RESOLVER }],
      ports: [
        { port: 53, protocol: "UDP" },
        { port: 53, protocol: "TCP" },
      ],
    },
    {
      ...every,
      name: OWN_NAMESPACE,
      because: "every pod may ask those of its namespace, which take it or not",
      far: [{ kind: "pods", pods: { namespace, labels: {} } }],
      ports: [],
    },
    ...begun,
  ]);
}

/** What components of the namespace say, and what others say that they are asked by those. */
function begunIn(namespace: string, plan: Plan): readonly Begun[] {
  const said = plan.chosen
    .flatMap((chosen) => chosen.component.begins?.(plan, chosen.options, chosen) ?? [])
    .filter(({ pods }) => pods.namespace === namespace);
  const reaches = (pods: Pods, ground: Ground["text"]): boolean =>
    said.some(({ pods: { labels }, to, ports }) => to.text === ground && ports.length === 0 && isOf(pods, labels));
  const asked = plan.chosen
    .flatMap((chosen) => chosen.component.flows?.(plan, chosen.options, chosen) ?? [])
    .filter((flow) => flow.namespace !== namespace)
    .flatMap(({ from, to, namespace: asked, ports, because }) =>
      from
        .filter((peer) => typeof peer === "object")
        .filter((pods) => pods.namespace === namespace && !reaches(pods, "pods"))
        .map((pods): Begun => {
          const party = { namespace: asked, labels: to };
          return { pods, to: { kind: "pods", text: textOf(party), pods: party }, ports, because };
        }),
    );
  // The API is on nodes.
  return [...said.filter(({ to, pods }) => to.text !== "api" || !reaches(pods, "nodes")), ...asked];
}

const isOf = ({ labels }: Pods, wanted: Pods["labels"]): boolean =>
  Object.entries(wanted).every(([key, value]) => labels[key] === value);

const textOf = ({ namespace, labels }: Pods): string => `${namespace}/${Object.values(labels).join("-")}`;

/** One thing that is allowed, at its ends: pods that are open need no leave to begin anything. */
function endsOf(allowed: Allowed, plan: Plan): readonly Passage[] {
  const { from, to, ports } = allowed;
  const because = "policies.allow of homelab.yaml";
  const ends: Passage[] = [];
  if (to.kind === "pods") {
    const { namespace, labels } = to.pods;
    const name = nameOf(slug(to.pods, namespace), "from", slugOf(from, namespace), ports);
    ends.push({ name, namespace, because, labels, direction: "ingress", far: farOf(from, plan), ports });
  }
  if (from.kind === "pods" && isClosed(from.pods.namespace, plan)) {
    const { namespace, labels } = from.pods;
    const name = nameOf(slug(from.pods, namespace), "to", slugOf(to, namespace), ports);
    ends.push({ name, namespace, because, labels, direction: "egress", far: farOf(to, plan), ports });
  }
  return ends.filter(({ far }) => far.length > 0);
}

export const isClosed = (namespace: string, { policies }: Pick<Plan, "policies">): boolean =>
  [...policies.closed.keys()].some((name) => name === namespace);

function farOf(party: Party | Ground, plan: Plan): readonly Far[] {
  if (party.kind === "pods") return [{ kind: "pods", pods: party.pods }];
  if (party.kind === "ground")
    return [
      party.text === "pods"
        ? { kind: "every pod" }
        : { kind: "nodes", addresses: plan.nodes.flatMap(({ ips }) => ips) },
    ];
  if (party.kind === "network") return [{ kind: "network", cidr: party.cidr.text, except: [] }];
  switch (party.text) {
    case "anyone":
      return [{ kind: "anyone" }];
    case "gateway":
      return carriersIn(plan).map((carrier) =>
        carrier === "ingress" ? { kind: "ingress" } : { kind: "pods", pods: carrier },
      );
    case "lan":
      return plan.stacks.flatMap(({ lan }) => (lan === undefined ? [] : lanWithoutNodes(lan.value, plan)));
    case "internet":
      return plan.stacks.map(({ family }) => ({
        kind: "network",
        cidr: family === 4 ? "0.0.0.0/0" : "::/0",
        except: ofTheHouse(family, plan),
      }));
    case "api":
      return [{ kind: "api", addresses: controlPlanes(plan), port: API_SERVER_PORT }];
  }
}

/** Who carries requests to apps. */
export const carriersIn = (plan: Plan): readonly Carrier[] =>
  plan.chosen.flatMap(({ component }) => component.gateways?.dataPlane(plan) ?? []);

const controlPlanes = ({ nodes }: Plan): readonly string[] =>
  nodes.filter(({ role }) => role === "control-plane").flatMap(({ ips }) => ips);

/** Nodes are no devices of the house: whoever may ask those may not ask the API by the way. */
const lanWithoutNodes = (lan: Cidr, { nodes }: Plan): readonly Far[] => [
  {
    kind: "network",
    cidr: lan.text,
    except: nodes
      .flatMap(({ ips }) => ips)
      .filter((ip) => ip.includes(":") === (lan.family === 6))
      .map((ip) => `${ip}/${lan.family === 6 ? 128 : 32}`)
      .filter((text) => isWithin(text, lan)),
  },
];

// RFC 1918, RFC 6598, RFC 3927; RFC 4193, RFC 4291 §2.5.6.
const PRIVATE: Readonly<Record<4 | 6, readonly string[]>> = {
  4: ["10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "100.64.0.0/10", "169.254.0.0/16"],
  6: ["fc00::/7", "fe80::/10"],
};

/** A home with public addresses, of IPv6 above all, is no internet either. */
function ofTheHouse(family: 4 | 6, plan: Plan): readonly string[] {
  const own = [
    ...plan.stacks.flatMap(({ lan, pods, services }) => [lan, pods, services].flatMap((placed) => placed?.value ?? [])),
    ...plan.networks.flatMap(({ cidrs }) => cidrs),
  ].filter((cidr) => cidr.family === family);
  const outside = own.filter((cidr) => !PRIVATE[family].some((text) => isWithin(cidr.text, cidrOf(text))));
  const widest = outside.filter((cidr) => !outside.some((other) => other !== cidr && covers(other, cidr)));
  return [...PRIVATE[family], ...new Set(widest.map(({ text }) => text))];
}

function cidrOf(text: string): Cidr {
  const cidr = parseCidr(text);
  if (cidr === undefined) throw new Error(`${text} is no network`);
  return cidr;
}

const isWithin = (text: string, outer: Cidr): boolean => covers(outer, cidrOf(text));

/** `jellyfin-to-databases-postgres-5432`, `postgres-from-media-jellyfin-5432`. */
const nameOf = (own: string, direction: string, other: string, ports: readonly PodPort[]): string =>
  [own, direction, other, ...ports.map(({ port, protocol }) => (protocol === "UDP" ? `${port}-udp` : `${port}`))].join(
    "-",
  );

function slugOf(party: Party | Ground, from: string): string {
  return party.kind === "pods" ? slug(party.pods, from) : slugged(party.text);
}

/** The namespace is left out where it is the one the policy lies in. */
function slug({ namespace, labels }: Pods, from: string): string {
  const [name] = Object.values(labels).length === 0 ? ["all"] : [Object.values(labels).join("-")];
  return slugged(namespace === from ? name : `${namespace}-${name}`);
}

const slugged = (text: string): string =>
  text
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-+|-+$/g, "");

/** Names of objects are 253 characters at most, and labels that differ may look alike in them. */
function told(passages: readonly Passage[]): readonly Passage[] {
  const taken = new Set<string>();
  return passages.map((passage) => {
    const base = passage.name.slice(0, 200);
    let name = base;
    for (let number = 2; taken.has(name); number++) name = `${base}-${number}`;
    taken.add(name);
    return { ...passage, name };
  });
}
