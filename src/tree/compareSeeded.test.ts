import { expect, test } from "vitest";
import type { RepoPath } from "../model/names.ts";
import { compare } from "./compare.ts";

test("an app that was written once gets no file of another name, and loses none", () => {
  const at = (name: string) => `kubernetes/apps/default/echo/app/${name}` as RepoPath;
  const [list, old, renamed] = [at("kustomization.yaml"), at("ingress.yaml"), at("httproute.yaml")];
  const file = { content: "new\n", kept: "seeded", by: "echo" } as const;
  const base = new Map([
    [list, "old\n"],
    [old, "old\n"],
  ]);
  const tree = new Map([
    [list, file],
    [renamed, file],
  ]);
  const reasons = (seeded: ReadonlySet<RepoPath>) =>
    compare({ tree, disk: base, base, seeded }).changes.map(({ kind, path: one }) => [kind, one.split("/").at(-1)]);
  expect(reasons(new Set([list, old]))).toEqual([
    ["keep", "httproute.yaml"],
    ["keep", "ingress.yaml"],
    ["keep", "kustomization.yaml"],
  ]);
  expect(reasons(new Set())).toEqual([
    ["create", "httproute.yaml"],
    ["delete", "ingress.yaml"],
    ["keep", "kustomization.yaml"],
  ]);
  const gone = compare({ tree: new Map(), disk: base, base, seeded: new Set([list, old]) });
  expect(gone.changes.map(({ kind }) => kind)).toEqual(["delete", "delete"]);
});
