/** What adding and removing nodes have in common: the steps that people take on machines, in the order that loses nothing. */
import type { Catalog } from "../src/model/component.ts";
import type { NodeLife } from "../src/model/machines.ts";
import type { Plan } from "../src/model/plan.ts";
import { changed } from "../src/ui/changes.ts";
import type { Update } from "./apply/update.ts";

export const pathOf = (name: string): string => `cluster.nodes.${name}`;

interface Lives {
  readonly distribution: NodeLife | undefined;
  readonly hardware: NodeLife | undefined;
}

export const livesOf = ({ cluster }: Plan, { platforms }: Catalog): Lives => {
  const lifeOf = (id: string): NodeLife | undefined => platforms.find((platform) => platform.id === id)?.life;
  return { distribution: lifeOf(cluster.distribution), hardware: lifeOf(cluster.hardware) };
};

export const NOTHING_RUNS = "gen changes files of this repository, and no machine that runs: the steps after it do";

/** Files for machines outside the cluster, which nothing brings there by itself. */
export function outsideSteps({ changes, tree }: Update, { components }: Catalog): readonly string[] {
  const paths = changed({ changes }).flatMap(({ path }) => (/^(kubernetes|docs)\//.test(path) ? [] : [path]));
  const routers = paths.filter((path) => path.startsWith("routers/") && !path.endsWith(".md"));
  const pages = components.flatMap(({ id, docs }) => {
    const own = paths.some((path) => tree.get(path)?.by === `component ${id}`);
    return own && docs?.page !== undefined ? [docs.page.path] : [];
  });
  return [
    ...(pages.length === 0
      ? []
      : [`bring what changed to the machines that serve the cluster from outside: ${pages.join(", ")}`]),
    ...(routers.length === 0
      ? []
      : [`tell your routers what changed in ${routers.join(", ")}: docs/network.md, Routers`]),
  ];
}
