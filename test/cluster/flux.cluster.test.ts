/**
 * The real kustomize-controller and helm-controller bring a network up from its repository, on a real API server. What is
 * stood in for: the sources (test/support/flux/sources.ts, test/cluster/upstream.ts) and the machines
 * (test/support/flux/machines.ts). Run by `npm run test:cluster`. Needs HOMELAB_NET_COMPONENTS.
 */
import { describe, expect, it } from "vitest";
import { pinOf } from "../../src/model/pins.ts";
import { emittedCatalog } from "../fixtures/emitted.ts";
import { coursesOf } from "./course.ts";
import { appliedOf, fluxCluster, keyOfUnit, keysOf } from "./fluxCluster.ts";
import { networks } from "./networks.ts";

const MINUTES = 300_000;

/** helm-controller leaves the `v` out where it adds the digest of the chart. */
const plain = (version = ""): string => version.replace(/^v|\+.*/g, "");

const versionOf = (pin: string): string => pinOf(emittedCatalog.pins, pin).version;

interface History {
  readonly history: readonly { readonly chartVersion: string; readonly status: string }[];
}

/** The preset, and one that is not alone in its repository. */
const tried = networks.filter(({ plan }, place) => place === 0 || plan.root !== "").slice(0, 2);

describe.each(tried)("$name", ({ units, ...network }) => {
  const cluster = fluxCluster({ units, ...network });

  it(
    "comes up from nothing, unit by unit",
    async () => {
      await cluster.untilUp();
      expect([...cluster.kustomizations.now.keys()].toSorted()).toEqual(keysOf(units).toSorted());
      for (const unit of units)
        expect(appliedOf(cluster.kustomizations, keyOfUnit(unit))).toMatch(
          unit.remote === undefined ? "refs/heads/main@sha1:" : `${versionOf(unit.remote.pin)}@sha1:`,
        );
    },
    MINUTES,
  );

  it("has every release, at the version of its pin", () => {
    const installed = [...cluster.releases.now].map(([key, { status }]) => {
      const [last] = (status as History).history;
      return [key, last?.status, plain(last?.chartVersion)];
    });
    const wanted = units.flatMap(({ release, namespace }) =>
      release === undefined ? [] : [[`${namespace}/${release.name}`, "deployed", plain(versionOf(release.chart))]],
    );
    expect(installed.toSorted()).toEqual(wanted.toSorted());
  });

  it("applied no unit before what it needs was ready", () => {
    const courses = coursesOf(cluster.kustomizations.changes);
    const steps = units.flatMap((unit) =>
      unit.dependsOn.map((id) => ({ unit, other: units.find((one) => one.id === id) })),
    );
    expect(steps.length).toBeGreaterThan(0);
    for (const { unit, other } of steps) {
      const before = other === undefined ? undefined : courses.get(keyOfUnit(other))?.ready;
      expect(before, `${unit.id} after ${other?.id}`).toBeLessThan(courses.get(keyOfUnit(unit))?.begun ?? 0);
    }
  });

  it("had nothing to try twice", () => {
    const troubles = [...coursesOf(cluster.kustomizations.changes).values()].flatMap((course) => course.troubles);
    const isWaiting = (trouble: string): boolean => /^(DependencyNotReady|ArtifactFailed): /.test(trouble);
    expect(troubles.filter((trouble) => !isWaiting(trouble))).toEqual([]);
    expect(troubles.some(isWaiting)).toBe(true);
  });
});
