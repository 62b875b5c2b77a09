import { describe, expect, test } from "vitest";
import { unknownValueKeys, type ChartValues } from "../support/values.ts";

const chart: ChartValues = {
  values: `
# -- image settings
image:
  repository: web
  # tag: latest
  # @param digest: of the image
replicas: 1
nodeSelector: {}
tolerations: []
existing:
resources:
  requests:
    cpu: 10m
config:
  level: info
  server:
    port: 80
# annotations: {}
service:
  enabled: true
inner:
  enabled: false
`,
  schema: {
    properties: {
      service: {
        properties: { class: {}, labels: { additionalProperties: {} }, more: { $ref: "#/definitions/more" } },
      },
      hosts: { patternProperties: { "^host-": { properties: { ip: {} } } } },
    },
    definitions: { more: { properties: { one: {} }, additionalProperties: false } },
  },
  subcharts: { inner: { values: "port: 80\n" } },
  free: ["config.server"],
};

const unknown = (text: string): string[] => unknownValueKeys(text, chart).map(({ line, path }) => `${line} ${path}`);

describe("values a chart knows", () => {
  test.each([
    ["a key of its map", "image: { repository: a }"],
    ["a key it shows in a comment", "image: { tag: a, digest: b }\nannotations: { a: b }"],
    ["anything in a map it leaves empty", "nodeSelector: { a/b: c }"],
    ["anything in a list", "tolerations: [{ key: a }]"],
    ["anything where it has null", "existing: { a: { b: c } }"],
    ["requests and limits", "resources: { limits: { memory: 1Gi } }"],
    ["the keys helm create gives to all", "fullnameOverride: a\nnameOverride: b\nglobal: { anything: 1 }"],
    ["a key of its schema", "service: { class: a, more: { one: 1 } }"],
    ["a key its schema leaves open", "service: { labels: { a: b } }\nhosts: { host-a: { ip: 1 } }"],
    ["a key of the chart inside", "inner: { port: 81, enabled: true }"],
    ["a path said to be free", "config: { server: { anything: { at: all } } }"],
    ["nothing", ""],
  ])("%s", (_, text) => {
    expect(unknown(text)).toEqual([]);
  });

  test.each([
    ["a key at the top", "replica: 2", ["1 replica"]],
    ["a key in a map, with its line", "image:\n  repository: a\n  pullPolice: Always", ["3 image.pullPolice"]],
    ["a comment of another block", "config: { tag: a }", ["1 config.tag"]],
    ["a key beside the free path", "config: { severs: {} }", ["1 config.severs"]],
    ["a key its schema refuses", "service: { more: { two: 2 } }", ["1 service.more.two"]],
    ["a key off its schema's pattern", "hosts: { node-a: {} }", ["1 hosts.node-a"]],
    ["a key neither chart knows", "inner: { prt: 81 }", ["1 inner.prt"]],
    ["fullnameOverride, but not at the top", "image: { fullnameOverride: a }", ["1 image.fullnameOverride"]],
    ["every one of several", "a: 1\nb: 2", ["1 a", "2 b"]],
  ])("refuses %s", (_, text, expected) => {
    expect(unknown(text)).toEqual(expected);
  });

  test("bad YAML throws", () => {
    expect(() => unknown("a: [")).toThrow(/Flow sequence/);
  });
});
