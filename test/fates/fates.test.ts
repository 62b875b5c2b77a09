import { describe, expect, it } from "vitest";
import { ruleBook } from "../../src/cli/ruleBook.ts";
import { rules } from "../../src/rules/index.ts";
import { assessSpec } from "../../src/rules/planSpec.ts";
import { emittedCatalog as catalog, emittedNetworks } from "../fixtures/emitted.ts";
import { reference } from "../fixtures/reference.ts";
import { unreadable } from "../rules/doubtful.ts";
import { edited } from "../rules/edits.ts";
import { checks } from "./construction/index.ts";
import { problemsOf, type World } from "./judge.ts";
import { offered, optionsBelow } from "./offered.ts";
import { pageSays } from "./pages.ts";
import { AREAS, FATES, rowsOf, vocabulary, type Row } from "./rows.ts";

const { present, future } = vocabulary();
const ruleIds = [...rules.map(({ id }) => id), ...unreadable.map(({ id }) => id)];
const there = offered(catalog);

const world: World = {
  rules: new Set(ruleIds),
  audits: new Set(ruleBook.map(({ id }) => id).filter((id) => !ruleIds.includes(id))),
  checks: new Set(checks.map(({ id }) => id)),
  future: new Set(future),
  findings: (edit) =>
    assessSpec(edited(reference, [edit]), "homelab.yaml", catalog, rules).findings.map(({ id }) => id),
  says: (page, words) =>
    emittedNetworks.some(({ tree, prefix }) =>
      [...tree].some(([path, { content }]) => path === `${prefix}${page}` && pageSays(content, words)),
    ),
};

describe.each(AREAS)("the fates of %s", (area) => {
  const rows = rowsOf(area);
  it("are proven", () => {
    console.log(`${area}: ${rows.length} rows; ${FATES.map((fate) => `${fate} ${count(rows, fate)}`).join(", ")}`);
    expect(problemsOf(rows, world)).toEqual([]);
  });
});

const count = (rows: readonly Row[], fate: string): number => rows.filter((row) => row.fate === fate).length;

/** `cluster.nodes` for `cluster.nodes.*.arch`. */
const parentOf = (path: string): string => path.split(".").slice(0, -1).join(".").replace(/\.\*$/, "");

describe("the vocabulary", () => {
  it("knows all that is offered", () => {
    const unknown = [...there].filter((name) => !present.includes(name));
    expect(unknown, "new here: look which facts speak of it, give their rows a fate, name it in `present`").toEqual([]);
  });
  it("names nothing as offered that is not", () => {
    expect(present.filter((name) => !there.has(name))).toEqual([]);
  });
  it("names nothing as missing that is offered", () => {
    const arrived = future.filter((name) => there.has(name));
    expect(arrived, "offered now: move it to `present` and give the rows that waited for it their fate").toEqual([]);
  });
  it("has no name twice, and every missing one is waited for", () => {
    const all = [...present, ...future];
    expect(all.filter((name, index) => all.indexOf(name) < index)).toEqual([]);
    const waited = new Set(AREAS.flatMap(rowsOf).flatMap(({ until }) => until));
    expect(future.filter((name) => !waited.has(name))).toEqual([]);
  });
  it("names missing options where something could be found", () => {
    const keys = future.flatMap((name) => (name.startsWith("option:") ? [name.slice("option:".length)] : []));
    const parents = keys.map((key) => parentOf(key.split("=")[0] ?? ""));
    expect(parents.filter((parent) => parent !== "" && !there.has(`option:${parent}`))).toEqual([]);
  });
});

describe("the judge", () => {
  const row: Row = { id: "A-1", says: "something", fate: "rule", by: ["NET-LAN"], refused: [], in: [], until: [] };
  const missing = future[0] ?? "";
  it.each([
    ["a rule there is not", { ...row, by: ["NET-LAN", "NET-LANE"] }, "there is no NET-LANE"],
    ["a rule's row without a rule", { ...row, by: [] }, "is a rule's and names none"],
    ["a rule's row with a check", { ...row, by: [...world.checks].slice(0, 1) }, "is a rule's and names none"],
    ["construction without a check", { ...row, fate: "construction" }, "names no check"],
    [
      "an audit there is not",
      { ...row, fate: "construction", by: ["audit:SECRET-PLAIN", "audit:NET-LAN"] },
      "there is no audit:NET-LAN",
    ],
    ["documents without a page", { ...row, fate: "documented", by: [] }, "names no page"],
    ["words no page has", { ...row, in: [{ page: "docs/dns.md", words: "fairy dust" }] }, 'says "fairy dust"'],
    ["no words", { ...row, in: [{ page: "docs/dns.md", words: " " }] }, 'says " "'],
    ["a page there is not", { ...row, in: [{ page: "docs/fairies.md", words: "the" }] }, "docs/fairies.md"],
    ["waiting for what is there", { ...row, fate: "not offered", by: [], until: ["component:cilium"] }, "is offered"],
    ["waiting for nothing", { ...row, fate: "not offered", by: [] }, "names what is missing"],
    ["waiting and found", { ...row, fate: "not offered", until: [missing] }, "names what is missing"],
    ["no fate", { ...row, fate: "forgotten" as Row["fate"] }, 'the fate "forgotten"'],
    ["nothing said", { ...row, says: " " }, "says nothing"],
    [
      "an edit with another answer",
      { ...row, refused: [{ find: "gitops: flux", replace: "gitops: flax", finding: "SPEC-TYPE" }] },
      "not by SPEC-TYPE",
    ],
  ] as const)("refuses %s", (_, wrong, problem) => {
    expect(problemsOf([wrong as Row], world)).toEqual([expect.stringContaining(problem)]);
  });
  it("refuses an id twice, and nothing about a row as it should be", () => {
    expect(problemsOf([row], world)).toEqual([]);
    expect(problemsOf([row, row], world)).toEqual(["A-1 stands in the table twice"]);
  });
  it("finds options through every variant of the schema", () => {
    const schema = {
      properties: {
        cni: { anyOf: [{ enum: ["cilium"] }, { properties: { provider: { const: "calico" }, mtu: {} } }] },
        nodes: { additionalProperties: { properties: { mac: {} } }, else: { properties: { disk: {} } } },
      },
    };
    expect(new Set(optionsBelow(schema, []))).toEqual(
      new Set([
        "cni",
        "cni=cilium",
        "cni.provider",
        "cni.provider=calico",
        "cni.mtu",
        "nodes",
        "nodes.*.mac",
        "nodes.disk",
      ]),
    );
  });
});
