import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Pin } from "../model/unit.ts";
import { mergeText } from "./merge.ts";
import { neutralisePins } from "./pins.ts";

const chart = (version: string): Pin => ({
  id: "cilium",
  kind: "chart",
  source: "oci://quay.io/cilium/charts/cilium",
  version,
  datasource: "docker",
  depName: "quay.io/cilium/charts/cilium",
});
const image = (version: string): Pin => ({
  id: "podinfo",
  kind: "image",
  source: "ghcr.io/stefanprodan/podinfo",
  version,
  datasource: "docker",
  depName: "ghcr.io/stefanprodan/podinfo",
});
const tool = (version: string): Pin => ({
  id: "talos",
  kind: "tool",
  source: "siderolabs/talos",
  version,
  datasource: "github-releases",
  depName: "siderolabs/talos",
});

const source = (version: string, interval = "1h") =>
  `kind: OCIRepository\nmetadata:\n  name: cilium\nspec:\n  interval: ${interval}\n  ref:\n    tag: ${version}\n  url: oci://quay.io/cilium/charts/cilium\n`;

const neutralise = (base: string, ours: string, theirs: string, pins: readonly Pin[]) =>
  neutralisePins({ base, ours, theirs }, pins);

describe("who wins", () => {
  test.each([
    ["moved by Renovate, not by us", "1.1.0", "1.2.0", "1.1.0", "1.2.0", "ours", "newer"],
    ["moved further by Renovate", "1.1.0", "1.3.0", "1.2.0", "1.3.0", "ours", "newer"],
    ["moved further by us", "1.1.0", "1.2.0", "1.3.0", "1.3.0", "theirs", "newer"],
    ["moved to the same version", "1.1.0", "1.2.0", "1.2.0", "1.2.0", "ours", "newer"],
    ["set back by hand", "1.2.0", "1.1.0", "1.3.0", "1.1.0", "ours", "held"],
    ["replaced by another flavour", "1.1.0", "1.2.0-alpine", "1.3.0", "1.2.0-alpine", "ours", "unclear"],
  ])("%s: %s, %s, %s → %s", (_, base, ours, theirs, version, taken, because) => {
    const result = neutralise(source(base), source(ours), source(theirs), [chart(theirs)]);
    expect(result.moves).toEqual([{ pin: "cilium", base, ours, theirs, taken, because }]);
    for (const text of [result.base, result.ours, result.theirs]) expect(text).toBe(source(version));
  });

  test("not moved in the repository: ours, and nothing to tell", () => {
    const result = neutralise(source("1.1.0"), source("1.1.0"), source("1.2.0"), [chart("1.2.0")]);
    expect(result).toEqual({ base: source("1.2.0"), ours: source("1.2.0"), theirs: source("1.2.0"), moves: [] });
  });
});

test("a version in an Application is found by the registry and the name of its chart", () => {
  const text = (version: string, name = "cilium") =>
    `spec:\n  sources:\n    - repoURL: quay.io/cilium/charts\n      chart: ${name}\n      targetRevision: ${version}\n`;
  expect(neutralise(text("1.1.0"), text("1.2.0"), text("1.1.0"), [chart("1.1.0")]).moves).toMatchObject([
    { pin: "cilium", ours: "1.2.0", taken: "ours" },
  ]);
  const [base, ours] = [text("1.1.0", "tetragon"), text("1.2.0", "tetragon")];
  expect(neutralise(base, ours, base, [chart("1.1.0")]).moves).toEqual([]);
});

test("an edit beside a moved version is no conflict any more", () => {
  const [base, ours, theirs] = [
    source("1.1.0"),
    source("1.2.0").replace("  ref:", "  ref: # pinned by hand"),
    source("1.3.0"),
  ];
  expect(mergeText({ base, ours, theirs }).conflict).toBe(true);
  const settled = neutralise(base, ours, theirs, [chart("1.3.0")]);
  expect(mergeText(settled)).toEqual({
    text: source("1.3.0").replace("  ref:", "  ref: # pinned by hand"),
    conflict: false,
  });
});

describe("where versions stand", () => {
  const digest = (letter: string) => `@sha256:${letter.repeat(64)}`;

  test("behind an image, with its digest", () => {
    const line = (tag: string) => `image: ghcr.io/stefanprodan/podinfo:${tag}\n`;
    const result = neutralise(line("6.5.0"), line(`6.6.0${digest("a")}`), line("6.7.0"), [image("6.7.0")]);
    expect([result.base, result.ours, result.theirs]).toEqual([line("6.7.0"), line("6.7.0"), line("6.7.0")]);
    const newer = neutralise(line("6.5.0"), line(`6.8.0${digest("a")}`), line("6.7.0"), [image("6.7.0")]);
    expect(newer.theirs).toBe(line(`6.8.0${digest("a")}`));
  });

  test("a digest alone that was added stays", () => {
    const line = (tag: string) => `image: ghcr.io/stefanprodan/podinfo:${tag}\n`;
    const result = neutralise(line("6.5.0"), line(`6.5.0${digest("b")}`), line("6.5.0"), [image("6.5.0")]);
    expect(result.theirs).toBe(line(`6.5.0${digest("b")}`));
  });

  test("below repository: in values", () => {
    const values = (tag: string) =>
      `image:\n  registry: ghcr.io\n  repository: stefanprodan/podinfo\n  tag: "${tag}"\n`;
    expect(neutralise(values("6.5.0"), values("6.6.0"), values("6.5.0"), [image("6.5.0")]).theirs).toBe(
      values("6.6.0"),
    );
  });

  test("under a renovate comment, and by a tool's short name", () => {
    const script = (version: string) =>
      `# renovate: datasource=github-releases depName=siderolabs/talos\nVERSION=${version}\n`;
    expect(neutralise(script("v1.1.0"), script("v1.2.0"), script("v1.1.0"), [tool("v1.1.0")]).theirs).toBe(
      script("v1.2.0"),
    );
    const mise = (version: string) => `[tools]\ntalos = "${version}"\n`;
    expect(neutralise(mise("1.1.0"), mise("1.2.0"), mise("1.1.0"), [tool("v1.1.0")]).theirs).toBe(mise("1.2.0"));
  });

  test("a comment behind the version and other indentation do not hide it", () => {
    const ours = source("1.2.0").replace("    tag: 1.2.0", "      tag: 1.2.0 # waiting for #123");
    expect(neutralise(source("1.1.0"), ours, source("1.3.0"), [chart("1.3.0")]).ours).toContain(
      "      tag: 1.3.0 # waiting for #123\n",
    );
  });

  test("two pins in one file each keep their own", () => {
    const both = (one: string, other: string) => `- image: ghcr.io/stefanprodan/podinfo:${one}\n${source(other)}`;
    const result = neutralise(both("6.5.0", "1.1.0"), both("6.6.0", "1.1.0"), both("6.5.0", "1.2.0"), [
      image("6.5.0"),
      chart("1.2.0"),
    ]);
    expect(result.theirs).toBe(both("6.6.0", "1.2.0"));
    expect(result.ours).toBe(both("6.6.0", "1.2.0"));
  });

  test("two pins of one version on one line are settled once", () => {
    const line = (version: string) => `talos: siderolabs/talos quay.io/cilium/charts/cilium ${version}\n`;
    expect(neutralise(line("1.1.0"), line("1.10.0"), line("1.1.0"), [tool("1.1.0"), chart("1.1.0")]).theirs).toBe(
      line("1.10.0"),
    );
  });
});

describe("what is no pin", () => {
  test.each([
    [
      "a number that is nobody's version",
      "replicas: 2\nurl: oci://quay.io/cilium/charts/cilium\n",
      "replicas: 3\nurl: oci://quay.io/cilium/charts/cilium\n",
    ],
    ["a version without the name near it", "tag: 1.1.0\n", "tag: 1.2.0\n"],
    [
      "a version under another name",
      "tag: 1.1.0\nurl: oci://quay.io/cilium/charts/cilium-cli\n",
      "tag: 1.2.0\nurl: oci://quay.io/cilium/charts/cilium-cli\n",
    ],
    [
      "a part of a longer version",
      "tag: 1.1.0-rc.1\nurl: oci://quay.io/cilium/charts/cilium\n",
      "tag: 1.2.0-rc.1\nurl: oci://quay.io/cilium/charts/cilium\n",
    ],
  ])("%s is left to the merge", (_, base, ours) => {
    expect(neutralise(base, ours, base, [chart("1.1.0")])).toEqual({ base, ours, theirs: base, moves: [] });
  });

  test("a pin that one side carries more often is left to the merge", () => {
    const ours = source("1.2.0") + source("1.2.0");
    expect(neutralise(source("1.1.0"), ours, source("1.3.0"), [chart("1.3.0")])).toEqual({
      base: source("1.1.0"),
      ours,
      theirs: source("1.3.0"),
      moves: [],
    });
  });
});

test("whatever the versions, all three texts end with the same one, and nothing else changes", () => {
  const version = fc.tuple(fc.nat(3), fc.nat(20), fc.nat(3)).map((parts) => parts.join("."));
  fc.assert(
    fc.property(version, version, version, (base, ours, theirs) => {
      const result = neutralise(source(base, "1h"), source(ours, "2h"), source(theirs, "3h"), [chart(theirs)]);
      const taken = /tag: (.*)/.exec(result.ours)?.[1] ?? "";
      expect([ours, theirs]).toContain(taken);
      expect([result.base, result.ours, result.theirs]).toEqual([
        source(taken, "1h"),
        source(taken, "2h"),
        source(taken, "3h"),
      ]);
    }),
  );
});
