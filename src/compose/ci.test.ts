import { describe, expect, test } from "vitest";
import { planOf } from "../../test/fixtures/plan.ts";
import { catalog } from "../../test/fixtures/realCatalog.ts";
import type { Plan } from "../model/plan.ts";
import { ciFiles } from "./ci.ts";
import { gitHostOf, hostNameOf, repositoryNameOf } from "./gitHost.ts";

function at(url: string, root = ""): Plan {
  const plan = planOf({});
  return { ...plan, root, repository: { ...plan.repository, url } };
}
const filesAt = (url: string, root?: string) => [...ciFiles(at(url, root), catalog)];

describe.each([
  ["https://github.com/me/homelab.git", "github", "github.com", "me/homelab"],
  ["ssh://git@github.com/me/homelab.git", "github", "github.com", "me/homelab"],
  ["git@github.com:me/homelab", "github", "github.com", "me/homelab"],
  ["https://gitlab.example.com:8443/a/b/homelab/", "gitlab", "gitlab.example.com", "a/b/homelab"],
  ["https://codeberg.org/me/homelab.git", "forgejo", "codeberg.org", "me/homelab"],
  ["https://forgejo.home.arpa/me/homelab", "forgejo", "forgejo.home.arpa", "me/homelab"],
  ["https://gitea.com/me/homelab", "gitea", "gitea.com", "me/homelab"],
  ["https://git.example.com/me/homelab", undefined, "git.example.com", "me/homelab"],
  ["https://notgithub.com/me/homelab", undefined, "notgithub.com", "me/homelab"],
])("%s", (url, host, name, repository) => {
  test("is read", () => {
    expect([gitHostOf(at(url)), hostNameOf(at(url)), repositoryNameOf(at(url))]).toEqual([host, name, repository]);
  });
});

test("each host has the file it reads, and one that nobody knows has none", () => {
  const paths = (url: string, root?: string) => filesAt(url, root).map(([path]) => path);
  expect(paths("https://github.com/me/homelab")).toEqual([
    ".github/workflows/check.yaml",
    ".github/workflows/renovate.yaml",
  ]);
  expect(paths("https://gitlab.com/me/homelab")).toEqual([".gitlab-ci.yml"]);
  expect(paths("https://codeberg.org/me/homelab")).toEqual([
    ".forgejo/workflows/check.yaml",
    ".forgejo/workflows/renovate.yaml",
  ]);
  expect(paths("https://gitea.com/me/homelab")[0]).toBe(".gitea/workflows/check.yaml");
  expect(paths("https://git.example.com/me/homelab")).toEqual([]);
  expect(paths("https://github.com/me/homelab", "clusters/home")).toEqual([
    "clusters/home/.github/workflows/check.yaml",
  ]);
});

describe.each([
  "https://github.com/a/b",
  "https://gitlab.com/a/b",
  "https://codeberg.org/a/b",
  "https://gitea.com/a/b",
])("the jobs at %s", (url) => {
  const text = filesAt(url)
    .map(([, { content }]) => content)
    .join("\n");

  test("run the check, with programs of known versions", () => {
    expect(text).toContain("gen check --network");
    for (const [, action = ""] of text.matchAll(/uses: (\S+)/g)) expect(action).toMatch(/@[0-9a-f]{40}$/);
    for (const [, image = ""] of text.matchAll(/image: (\S+)/g)) expect(image).toMatch(/:\d[\w.-]*$/);
  });
  test("have no more rights than reading, and keep no password", () => {
    if (url.includes("github")) expect(text.match(/^permissions:\n {2}contents: read\n\n/gm)).toHaveLength(2);
    expect(text).not.toMatch(/secrets\.|: write/);
    expect(text.match(/persist-credentials: false/g) ?? []).toHaveLength(text.match(/actions\/checkout/g)?.length ?? 0);
  });
  test("take nothing into a command that somebody else wrote", () => expect(text).not.toContain("${{"));
});
