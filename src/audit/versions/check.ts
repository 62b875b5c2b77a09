/** Versions that have moved apart since the repository was written. */
import type { Finding } from "../../model/finding.ts";
import type { Pin, PinId } from "../../model/unit.ts";
import { compareLines, isOfLine, isStep, minorOf, numbersOf } from "../../model/version.ts";
import { misfits, windowText, type Misfit } from "../../model/windows.ts";
import { toFinding, type Audit } from "../audit.ts";
import type { Cluster } from "../cluster.ts";
import { carriedVersions, commentedIn, type Carried } from "./carried.ts";

export const versionsApart: Audit = {
  id: "VERSIONS-APART",
  severity: "error",
  title: "Two versions in the repository do not go together.",
  because: "One of them refuses the other or reads parts of it that are not there; the next upgrade stops half-way.",
  source: "the support matrices of the two, named in what is found",
};

export const versionsUntried: Audit = {
  id: "VERSIONS-UNTRIED",
  severity: "warning",
  title: "Two versions in the repository were never tried together by those who make them.",
  because: "It may well work; nobody who makes these parts has looked.",
  source: "the compatibility tables of the two, named in what is found",
};

export const versionsRefused: Audit = {
  id: "VERSIONS-REFUSED",
  severity: "error",
  title: "A version is one that what stands beside it does not work with.",
  because: "It is told things it refuses, or says what is read in another way, and nothing here changed with it.",
  source: "its own release notes, named in what is found",
};

export const versionsSpec: Audit = {
  id: "VERSIONS-SPEC",
  severity: "warning",
  title: "homelab.yaml and the repository name two minor versions of Kubernetes.",
  because: "What is checked against homelab.yaml is then checked against another version than the one that runs.",
  source: "homelab.yaml, cluster.kubernetes",
};

export const versionsStep: Audit = {
  id: "VERSIONS-STEP",
  severity: "warning",
  title: "Kubernetes would skip a minor version, or go back.",
  because:
    "A cluster that runs takes neither: each minor version is made to read what the one before it left, and no other.",
  source: "Kubernetes documentation, Version Skew Policy, Supported component upgrade order",
};

export const versionsTwice: Audit = {
  id: "VERSIONS-TWICE",
  severity: "error",
  title: "One repository names two versions of Kubernetes.",
  because:
    "Machines that join get one and those that are there the other, or agents a newer one than servers, which Kubernetes does not support.",
  source: "Kubernetes documentation, Version Skew Policy, kubelet",
};

/** From what stands in a repository to what is to stand there. Nothing where a cluster can take the step. */
export function stepFinding(from: Carried, to: string): Finding | undefined {
  if (isStep(from.version, to)) return undefined;
  const [major = 0, minor = 0] = numbersOf(from.version);
  const isBack = compareLines(to, minorOf(from.version)) < 0;
  return toFinding(versionsStep, {
    message: `Kubernetes goes from ${from.version} to ${minorOf(to)}`,
    places: [from.place],
    fix: isBack
      ? `stay at ${minorOf(from.version)}, or make the cluster anew`
      : `${major}.${minor + 1} first, on every machine; where no cluster runs yet, go on`,
  });
}

export function* versions(cluster: Cluster): Generator<Finding> {
  const carried = carriedVersions(cluster);
  const numbers = new Map([...carried].map(([id, { version }]) => [id, version]));
  for (const misfit of misfits(numbers, cluster.plan.pins)) yield apart(misfit, carried, cluster.plan.pins);
  yield* refused(carried, cluster.plan.pins);
  yield* twoVersions(cluster);
  yield* otherThanSpec(cluster, carried);
}

function* refused(carried: ReadonlyMap<PinId, Carried>, pins: ReadonlyMap<PinId, Pin>): Generator<Finding> {
  for (const [id, { version, place }] of carried)
    for (const { line, because, source } of pins.get(id)?.refused ?? [])
      if (isOfLine(version, line))
        yield toFinding(versionsRefused, {
          message: `${id} is ${version}: ${because}`,
          places: [place],
          fix: `a release before or after ${line} (${source})`,
        });
}

/** Of the lines that Renovate moves together, some were moved alone. */
function* twoVersions({ plan, subject }: Cluster): Generator<Finding> {
  const { pin } = plan.cluster.kubernetes;
  const places = pin === undefined ? [] : commentedIn(pin, subject.texts);
  const apart = places.filter(({ version }, index) => places.findIndex((one) => one.version === version) === index);
  if (apart.length < 2) return;
  yield toFinding(versionsTwice, {
    message: `Kubernetes stands at ${apart.map(({ version }) => version).join(" and ")}`,
    places: places.map(({ place }) => place),
    fix: "the version that the machines have, or the next, at each of these places",
  });
}

function apart(misfit: Misfit, carried: ReadonlyMap<PinId, Carried>, pins: ReadonlyMap<PinId, Pin>): Finding {
  const { window, pin, version, other } = misfit;
  const own = [...pins].find(([, candidate]) => candidate === pin)?.[0] ?? pin.id;
  const audit = window.outside === "fails" ? versionsApart : versionsUntried;
  return toFinding(audit, {
    message: `${window.with} is ${other}, and ${own} ${minorOf(version)} goes with ${windowText(window)}`,
    places: [window.with, own].flatMap((id) => carried.get(id)?.place ?? []),
    fix: `${window.with} ${windowText(window)}, or a release of ${own} made for ${minorOf(other)} (${window.source})`,
  });
}

function* otherThanSpec({ plan }: Cluster, carried: ReadonlyMap<PinId, Carried>): Generator<Finding> {
  const installed = carried.get("kubernetes");
  const { minor } = plan.cluster.kubernetes;
  if (installed === undefined || minorOf(installed.version) === minor) return;
  // Either of them may be what runs.
  const [older, newer] = [installed.version, minor].sort(compareLines);
  const step = stepFinding({ ...installed, version: older ?? minor }, newer ?? minor);
  if (step !== undefined) return yield step;
  yield toFinding(versionsSpec, {
    message: `homelab.yaml asks for Kubernetes ${minor}, and ${installed.version} stands here`,
    places: [installed.place],
    fix: `\`gen set cluster.kubernetes=${minorOf(installed.version)}\` where that is what runs, else the version back to ${minor}`,
  });
}
