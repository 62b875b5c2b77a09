/** What external-dns reads: kinds of routes, and how those of published gateways are told from all others. */
import { familyOf } from "../model/address.ts";
import type { Plan } from "../model/plan.ts";
import type { ComponentId } from "../model/unit.ts";
import type { ArgGroup } from "./externalDns.ts";
import { publishedNames, publishLabel, type Publisher } from "./publishing.ts";

interface Source {
  readonly source: string;
  readonly why?: string;
}

export function readSources(
  plan: Plan,
  chosen: Publisher,
): { readonly sources: readonly Source[]; readonly groups: readonly ArgGroup[] } {
  const names = publishedNames(chosen, plan);
  const published = plan.gateways.filter(({ name }) => names.includes(name));
  const labelled = published.some(({ routeKind }) => routeKind === "HTTPRoute");
  const classes = published.filter(({ routeKind }) => routeKind === "Ingress").map(({ className }) => className);
  const ours = plan.gateways
    .filter(({ component }) => isRecording(component, plan))
    .flatMap(({ addresses }) => addresses.map((address) => `${address}/${familyOf(address) === 4 ? 32 : 128}`));
  return {
    sources: [
      { source: "crd" },
      ...(labelled ? [{ source: "gateway-httproute" }] : []),
      ...(classes.length > 0 ? [{ source: "ingress" }] : []),
      ...(published.some(({ component }) => isRecording(component, plan)) ? [INGRESS_ROUTES] : []),
    ],
    groups: [
      ...group(
        "Only of gateways that carry this label. Names of all others stay inside the house.",
        labelled ? [`--gateway-label-filter=${publishLabel(chosen.name ?? "")}=true`] : [],
      ),
      ...group(
        "Only of these classes. Names of all others stay inside the house.",
        classes.map((name) => `--ingress-class=${name}`),
      ),
      ...group(
        "Records of routes for the LAN itself. They are for the DNS server of the cluster.",
        ours.map((net) => `--exclude-target-net=${net}`),
      ),
    ],
  };
}

const INGRESS_ROUTES: Source = {
  source: "traefik-proxy",
  why: "Only those that say what their record is to point at: routes of gateways that are public.",
};

const group = (why: string, args: readonly string[]): readonly ArgGroup[] => (args.length === 0 ? [] : [{ why, args }]);

/** Whether routes of a gateway may be IngressRoutes with records of the LAN beside them. */
const isRecording = (id: ComponentId, { chosen }: Plan): boolean =>
  chosen.some(({ component }) => component.id === id && component.gateways?.needsRecord !== undefined);
