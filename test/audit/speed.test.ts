import { expect, it } from "vitest";
import { audited, repositoryWith } from "./repository.ts";

it("looks through a repository of 150 files in less than a second and a half of processor time", () => {
  const reference = [...repositoryWith({})];
  const apps = Array.from({ length: 30 }, (_, number) => `app-${number}`);
  const copies = apps.flatMap((app) =>
    reference
      .filter(([path]) => path.includes("/photos/"))
      .map(([path, text]) => [path.replaceAll("photos", app), text.replaceAll("photos", app)] as const),
  );
  const files = new Map([...reference, ...copies]);
  const list = "kubernetes/apps/default/kustomization.yaml";
  files.set(list, `${files.get(list)}${apps.map((app) => `  - ./${app}/ks.yaml\n`).join("")}`);
  expect(files.size).toBeGreaterThan(140);
  const before = process.cpuUsage();
  expect(audited(files)).toEqual([]);
  const { user, system } = process.cpuUsage(before);
  expect((user + system) / 1000).toBeLessThan(1500);
});
