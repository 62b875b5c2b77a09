import { expect, it } from "vitest";
import { audited, planWith, repositoryWith } from "./repository.ts";

it.each(["flux", "argocd"] as const)(
  "looks through a repository of 110 files or more for %s in less than a second and a half of processor time",
  (engine) => {
    const reference = [...repositoryWith({}, engine)];
    const apps = Array.from({ length: 30 }, (_, number) => `app-${number}`);
    const copies = apps.flatMap((app) =>
      reference
        .filter(([path]) => path.includes("photos"))
        .map(([path, text]) => [path.replaceAll("photos", app), text.replaceAll("photos", app)] as const),
    );
    const files = new Map([...reference, ...copies]);
    const list = "kubernetes/apps/default/kustomization.yaml";
    const lines = apps.map((app) => `  - ./${app}/ks.yaml\n`).join("");
    if (files.has(list)) files.set(list, `${files.get(list)}${lines}`);
    expect(files.size).toBeGreaterThan(110);
    const before = process.cpuUsage();
    expect(audited(files, planWith([], engine))).toEqual([]);
    const { user, system } = process.cpuUsage(before);
    expect((user + system) / 1000).toBeLessThan(1500);
  },
);
