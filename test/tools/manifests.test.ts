import { describe, expect, test } from "vitest";
import { nameOf, readManifests } from "../support/manifests.ts";

const config = (data: string): string =>
  `apiVersion: v1\nkind: ConfigMap\nmetadata: { name: a, namespace: b }\ndata:\n  key: ${data}\n`;
const value = (data: string): unknown => {
  const [object] = readManifests(config(data));
  return (object?.["data"] as { readonly key: unknown } | undefined)?.key;
};

describe("reading manifests", () => {
  test.each([
    ["on", true],
    ["yes", true],
    ["0644", 420],
    ["12:30", "12:30"],
    ["12:30:45.5", "12:30:45.5"],
    ["2026-01-02", "2026-01-02"],
    [".", "."],
    [".5", 0.5],
    ["-1.5", -1.5],
    ["1.2.3", "1.2.3"],
    ["1_000", 1000],
    ['"on"', "on"],
  ])("%s is %j to the cluster", (text, expected) => {
    expect(value(text)).toStrictEqual(expected);
  });

  test("takes several documents and leaves out empty ones", () => {
    const objects = readManifests(`---\n# nothing\n---\n${config("a")}---\n${config("b")}`);
    expect(objects.map(nameOf)).toEqual(["ConfigMap b/a", "ConfigMap b/a"]);
  });

  test("refuses what is no object, and bad YAML, naming the file", () => {
    expect(() => readManifests("a: 1\n", "values.yaml")).toThrow(/^values\.yaml: not a Kubernetes object: \{"a":1\}/);
    expect(() => readManifests("a: [1\n", "broken.yaml")).toThrow(/^broken\.yaml: .*line/s);
  });
});
