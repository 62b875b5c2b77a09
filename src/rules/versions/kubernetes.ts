import type { Misfit } from "../../model/windows.ts";
import { misfits, windowText } from "../../model/windows.ts";
import { minorOf } from "../../model/version.ts";
import type { Plan } from "../../model/plan.ts";
import type { Found, Rule } from "../rule.ts";

const KEY = "cluster.kubernetes";

/** What stands against a version of Kubernetes, whether there is a release of it or not. */
function against(minor: string, { pins }: Plan): readonly Misfit[] {
  const versions = new Map([...pins].map(([id, { version }]) => [id, version] as const)).set("kubernetes", minor);
  return misfits(versions, pins).filter(({ window }) => window.with === "kubernetes");
}

const told = ({ pin, version, window }: Misfit): string =>
  `${pin.id} ${minorOf(version)} goes with ${windowText(window)}`;

function* found(plan: Plan, outside: Misfit["window"]["outside"]): Generator<Found> {
  const { minor, offered } = plan.cluster.kubernetes;
  const misfit = against(minor, plan).filter(({ window }) => window.outside === outside);
  if (misfit.length === 0) return;
  const fitting = offered.filter((other) => against(other, plan).length === 0);
  const proposal = fitting.length === 0 ? "no version that is offered fits everything here" : choice(fitting);
  const sources = [...new Set(misfit.map(({ window }) => window.source))].join("; ");
  yield {
    message: `Kubernetes ${minor} is asked for, and ${misfit.map(told).join(", ")}`,
    paths: [KEY],
    fix: `${proposal} (${sources})`,
  };
}

const choice = (minors: readonly string[]): string => `${KEY}: ${minors.map((minor) => `"${minor}"`).join(" or ")}`;

export const kubernetesWindow: Rule = {
  id: "VERSION-WINDOW",
  severity: "error",
  title: "everything in use works with the version of Kubernetes",
  because:
    "What is outside its window refuses to be installed or upgraded, or calls parts of the API that are not there.",
  source: "the support matrix of each that is named, said with what is found",
  *check(plan) {
    yield* found(plan, "fails");
  },
};

export const kubernetesPinned: Rule = {
  id: "VERSION-PIN",
  severity: "error",
  title: "a release of the version of Kubernetes is known",
  because: "Nodes are installed with one release; without it there is nothing to install.",
  source: "the catalog: kubernetes of the distribution",
  unless: ["VERSION-WINDOW"],
  *check({ cluster: { kubernetes, distribution } }) {
    if (kubernetes.pin !== undefined) return;
    yield {
      message: `no release of Kubernetes ${kubernetes.minor} is known for ${distribution}`,
      paths: [KEY],
      fix: choice(kubernetes.offered),
    };
  },
};

export const kubernetesTried: Rule = {
  id: "VERSION-UNTRIED",
  severity: "warning",
  title: "everything in use was tried with the version of Kubernetes",
  because: "It may well work; nobody who makes these parts has looked.",
  source: "the compatibility table of each that is named, said with what is found",
  unless: ["VERSION-WINDOW", "VERSION-PIN"],
  *check(plan) {
    yield* found(plan, "untested");
  },
};
