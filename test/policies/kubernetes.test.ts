/** Policies of Kubernetes mean the same to everybody who enforces them, but where somebody says otherwise. */
import { describe, expect, it } from "vitest";
import { ALL, untrue, worldOf } from "./cases/case.ts";
import { kubernetesCases } from "./cases/kubernetes.ts";
import { kubernetesPortCases } from "./cases/kubernetesPorts.ts";
import { recipeCases } from "./cases/recipes.ts";

const cases = [...kubernetesCases, ...kubernetesPortCases, ...recipeCases];

describe.each(ALL)("NetworkPolicy of Kubernetes, enforced by $cni", (datapath) => {
  it.each(cases)("$name ($source)", ({ objects, says, differs, world }) => {
    expect(untrue(worldOf(datapath, objects, world), differs?.[datapath.cni] ?? says)).toEqual([]);
  });
});
