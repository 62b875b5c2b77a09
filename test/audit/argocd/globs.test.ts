import { describe, expect, it } from "vitest";
import { matches, type Dialect } from "../../../src/audit/argocd/globs.ts";

describe("a pattern", () => {
  it.each<[Dialect, string, string, boolean]>([
    ["anything", "*/namespace.yaml", "media/namespace.yaml", true],
    ["anything", "*/namespace.yaml", "media/films/namespace.yaml", true],
    ["anything", "*/namespace.yaml", "namespace.yaml", false],
    ["anything", "{*.yml,config/*}", "config/a.yaml", true],
    ["anything", "{*.yml,config/*}", "other/a.yaml", false],
    ["anything", "a.yaml", "axyaml", false],
    ["anything", "[!a-c]?.yaml", "dd.yaml", true],
    ["anything", "[!a-c]?.yaml", "ad.yaml", false],
    ["segments", "ghcr.io/*", "ghcr.io/a/b", false],
    ["segments", "ghcr.io/**", "ghcr.io/a/b", true],
    ["folders", "a/**/v.yaml", "a/v.yaml", true],
    ["folders", "a/**/v.yaml", "a/b/c/v.yaml", true],
    ["plain", "apps/*", "apps/a/b", false],
    ["plain", "apps/{a,b}", "apps/a", false],
    ["plain", "apps/\\*", "apps/*", true],
    ["plain", "[z-a]", "z", false],
    ["anything", "{a", "a", false],
  ])("%s: %s and %s", (dialect, pattern, text, isMatch) => {
    expect(matches(pattern, text, dialect)).toBe(isMatch);
  });
});
