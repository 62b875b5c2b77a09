import type { Templates } from "../model/component.ts";
import { routerFolder, type HouseRouter } from "../model/houseRouters.ts";
import { repoPath } from "../model/names.ts";
import type { Plan } from "../model/plan.ts";
import type { Router } from "../model/router.ts";
import type { Tree } from "../model/tree.ts";
import type { TemplateId } from "../model/unit.ts";
import { createTree, type Entry } from "../tree/tree.ts";
import { needsOf, routerView, type Needs } from "./view.ts";

/** A part of the page of a router, in the order of the page, and when it has one. */
const PARTS: Readonly<Record<string, (needs: Needs) => boolean>> = {
  intro: () => true,
  bgp: ({ bgp }) => bgp !== null,
  detours: ({ detours }) => detours.length > 0,
  dhcp: ({ dhcp }) => dhcp !== null,
  names: ({ names }) => names !== null,
  passings: () => true,
  forwards: ({ forwards }) => forwards.length > 0,
};

/** What stands in for the words of a brand where it has none of its own. */
const ANY = "any";

interface Configuration {
  readonly template: TemplateId;
  needed(needs: Needs, router: HouseRouter): boolean;
}

interface Brand extends Pick<Router, "id" | "title" | "software"> {
  /** By the name of the file. */
  readonly configurations: Readonly<Record<string, Configuration>>;
}

/** A kind of router whose page is put together from parts: those below routers/<id>, and for each other part that of any. */
export const brand = ({ configurations, ...router }: Brand): Router => ({
  ...router,
  files: (own, plan, templates) => filesOf(router, configurations, own, plan, templates),
});

function filesOf(
  { id, title }: Pick<Router, "id" | "title">,
  configurations: Brand["configurations"],
  router: HouseRouter,
  plan: Plan,
  templates: Templates,
): Tree {
  const needs = needsOf(router, plan);
  const configured = Object.entries(configurations).filter(([, { needed }]) => needed(needs, router));
  const view = { ...routerView(router, plan, title), files: configured.map(([name]) => name) };
  const parts = Object.entries(PARTS).flatMap(([part, isNeeded]) => {
    const own = `routers/${id}/${part}.md`;
    return isNeeded(needs) ? [templates.render(templates.has(own) ? own : `routers/${ANY}/${part}.md`, view)] : [];
  });
  const texts = [
    ["README.md", parts.join("\n")],
    ...configured.map(([name, { template }]) => [name, templates.render(template, view)] as const),
  ] as const;
  return createTree(
    texts.map(([name, content]): Entry => [
      repoPath(routerFolder(router, plan), name),
      { content, kept: "managed", by: "routers" },
    ]),
  );
}

/** The half of sessions, in the words of FRR: many routers run it. */
export const FRR_CONFIGURATION: Brand["configurations"] = {
  "frr.conf": { template: "routers/frr/frr.conf", needed: ({ bgp }) => bgp !== null },
};
