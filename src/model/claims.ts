/** Host names and the namespaces they belong to: what homelab.yaml says, and what components answer to. */
import type { SpecPath } from "./finding.ts";
import type { Plan } from "./plan.ts";
import type { ComponentId } from "./unit.ts";

/** Who keeps it in the cluster, and what its map is called. */
export const HOST_NAMES: ComponentId = "host-names";

/** Between namespaces that share a name, in the map; no name of one has it. */
export const SHARED = ",";

/** A name, every name below a domain (`*.ragas.cc`), or every name (`*`). */
export interface Claim {
  readonly host: string;
  readonly namespace: string;
  /** Where homelab.yaml says it. */
  readonly path?: SpecPath;
  /** The component that answers there. */
  readonly title?: string;
  /** What answers there may be gone. */
  readonly seeded?: true;
}

export type Owners = ReadonlyMap<string, readonly string[]>;

interface Owned {
  readonly host: string;
  readonly namespaces: readonly string[];
}

/** Of the namespaces the gateways are in nobody is asked: the certificates of all names are there. */
export const gatewayNamespaces = ({ gateways }: Pick<Plan, "gateways">): readonly string[] => [
  ...new Set(gateways.map(({ namespace }) => namespace)),
];

/** Where the map lies; undefined where no gateway answers anything. */
export const mapNamespace = ({ gateways }: Pick<Plan, "gateways">): string | undefined => gateways[0]?.namespace;

/** What is the user's once it was written may have its name given to others: it comes last. */
function claimsOf(plan: Plan): readonly Claim[] {
  const made = plan.chosen
    .filter(({ component }) => component.ofAll !== true)
    .flatMap((chosen) => chosen.component.units(plan, chosen.options, chosen).map((unit) => ({ unit, chosen })))
    .flatMap(({ unit: { routes = [], seeded }, chosen: { component } }) =>
      routes.map(({ host, namespace }) => ({ host, namespace, title: component.title, ...(seeded && { seeded }) })),
    );
  const isSeeded = ({ seeded }: Claim): boolean => seeded === true;
  return [...made.filter((claim) => !isSeeded(claim)), ...plan.policies.names, ...made.filter(isSeeded)];
}

/** Several share a name where each answers other paths of it. What may be gone has a name as long as nobody else does. */
export function ownersOf(plan: Plan): Owners {
  const owners = new Map<string, readonly string[]>();
  for (const { host, namespace, seeded } of claimsOf(plan)) {
    const known = owners.get(host) ?? [];
    if (!known.includes(namespace) && !(seeded === true && known.length > 0)) owners.set(host, [...known, namespace]);
  }
  return owners;
}

/** Whether `pattern` (`*`, `*.ragas.cc`) stands for `host`, which may be a narrower pattern. */
export const stands = (pattern: string, host: string): boolean =>
  pattern !== host && (pattern === "*" || (pattern.startsWith("*.") && host.endsWith(pattern.slice(1))));

/** A name that keeps a route of `namespace` from `host`, as the policy in the cluster finds it; undefined when none does. */
export function hindrance(host: string, namespace: string, owners: Owners): Owned | undefined {
  const isOther = ({ namespaces }: Owned): boolean => !namespaces.includes(namespace);
  const all = [...owners].map(([name, namespaces]): Owned => ({ host: name, namespaces }));
  const own = all.find((one) => one.host === host);
  if (own !== undefined) return isOther(own) ? own : undefined;
  // The longest is the narrowest: all of them stand for the same name.
  const [narrowest] = all
    .filter((one) => one.host !== "*" && stands(one.host, host))
    .sort((a, b) => b.host.length - a.host.length);
  return narrowest !== undefined && isOther(narrowest)
    ? narrowest
    : all.find((one) => isOther(one) && one.host !== "*" && stands(host, one.host));
}
