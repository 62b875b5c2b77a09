import { isChosen } from "../../model/chosen.ts";
import type { Chosen } from "../../model/plan.ts";
import type { Rule } from "../rule.ts";

/** `UniFi (home)` for one of several of a kind. */
const titleOf = ({ component: { title }, name }: Chosen): string => (name === undefined ? title : `${title} (${name})`);

export const partChosen: Rule = {
  id: "CHOICE-PART",
  severity: "error",
  title: "what is a part of something else stands beside it",
  because: "It installs objects that only the other component reads; without it they are applied and nothing happens.",
  source: "the catalog: partOf of the component",
  *check(plan) {
    for (const chosen of plan.chosen) {
      const { partOf } = chosen.component;
      if (partOf === undefined || isChosen(plan, partOf)) continue;
      yield {
        message: `${titleOf(chosen)} is a part of ${partOf}, which this network does not have`,
        paths: chosen.path === undefined ? [] : [chosen.path],
        fix: `choose ${partOf} as well, or something else in its place`,
      };
    }
  },
};

export const distributionSupported: Rule = {
  id: "CHOICE-DISTRIBUTION",
  severity: "error",
  title: "what is chosen works on the distribution",
  because: "It relies on what only some distributions have; on any other it would not start, or not do its work.",
  source: "the catalog: distributions of the component",
  *check(plan) {
    const { distribution } = plan.cluster;
    for (const chosen of plan.chosen) {
      const { distributions = [distribution] } = chosen.component;
      if (distributions.includes(distribution)) continue;
      yield {
        message: `${titleOf(chosen)} works on ${distributions.join(" and ")}, and the cluster runs ${distribution}`,
        // At its question a distribution is no mistake: what stands on it is chosen after it.
        paths: [chosen.path ?? "cluster.distribution"],
        fix: `something else in its place, or cluster.distribution: ${distributions[0] ?? "another one"}`,
      };
    }
  },
};

export const hardwareSupported: Rule = {
  id: "CHOICE-HARDWARE",
  severity: "error",
  title: "the hardware starts machines of the distribution",
  because: "Machines it makes start from the image of another system, and wait for a configuration that never comes.",
  source: "the catalog: images the hardware starts, and the image of the distribution",
  *check({ cluster: { distribution, hardware, madeFor } }) {
    if (madeFor === undefined || madeFor.includes(distribution)) return;
    yield {
      message: `${hardware} makes machines for ${madeFor.join(", ")}, and the cluster runs ${distribution}`,
      paths: ["cluster.hardware"],
      fix: `cluster.hardware: bare-metal, or cluster.distribution: ${madeFor[0] ?? "another one"}`,
    };
  },
};

export const partBrought: Rule = {
  id: "CHOICE-BROUGHT",
  severity: "error",
  title: "what only a distribution installs comes with the distribution",
  because: "Nothing of it is in the repository, so nobody would install it.",
  source: "the catalog: traits of the distribution, brings",
  unless: [distributionSupported.id],
  *check(plan) {
    const { distribution, traits } = plan.cluster;
    for (const { component, path = "cluster.distribution" } of plan.chosen) {
      if (component.brought !== true || traits.brings.includes(component.id)) continue;
      yield {
        message: `${component.title} comes with some distributions, and ${distribution} brings none`,
        paths: [path],
        fix: "something else in its place",
      };
    }
  },
};
