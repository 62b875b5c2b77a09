/** The part of docs/dns.md that tells each resolver of the LAN where to send its questions. */
import type { Catalog } from "../../model/component.ts";
import type { Plan } from "../../model/plan.ts";
import type { View } from "../../model/unit.ts";
import { RESOLVERS, resolversToTell, type Told } from "../../catalog/resolvers.ts";
import { toldServer } from "../../model/toldServer.ts";

/** None where the server that answers inside the house is told to nobody. */
export function resolverSections(
  plan: Plan,
  { templates }: Catalog,
  text: (template: string, more: View) => string,
): readonly string[] {
  const server = toldServer(plan);
  if (server === undefined) return [];
  const told = resolversToTell(plan);
  const known = told.some(({ host }) => host !== undefined) ? RESOLVERS.map(({ id }) => id) : [];
  const sections = told.map(
    (one) =>
      `### ${titleOf(one)}\n\n${templates.render(`repository/resolvers/${one.resolver.id}.md`, { server, domains: plan.domains })}`,
  );
  const others = known.length === 0 ? [text("docs/dns-router.md", {})] : [];
  return [text("docs/dns-resolvers.md", { known }), ...sections, ...others];
}

const titleOf = ({ resolver, host }: Told): string =>
  host === undefined ? resolver.title : `${host.name}, ${host.ip}: ${resolver.title}`;
