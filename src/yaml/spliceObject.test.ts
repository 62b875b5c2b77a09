import { describe, expect, it } from "vitest";
import { UserError } from "../model/errors.ts";
import { appendInObject } from "./spliceObject.ts";

const PROVIDER = "---\nkind: Provider\nmetadata: { name: chat }\n";
const ALERT = `--- # mine
kind: Alert
metadata:
  name: chat
spec:
  sources:
    # the apps
    - kind: App
      in: bread
    - kind: App
      in: wine # red
`;
const add = (text: string, place: string) =>
  appendInObject(
    text,
    "alerts.yaml",
    { kind: "Alert", name: "chat" },
    { path: ["spec", "sources"], item: { kind: "App", in: place }, by: "in" },
  );

describe("an entry of a list in one object of several", () => {
  const entry = "    - kind: App\n      in: milk\n";
  const inOrder = ALERT.replace("    - kind: App\n      in: wine", `${entry}    - kind: App\n      in: wine`);
  it.each([
    ["the only one", ALERT, inOrder],
    ["behind another", PROVIDER + ALERT, PROVIDER + inOrder],
    ["before another", ALERT + PROVIDER, inOrder + PROVIDER],
    ["lines end in CRLF", (PROVIDER + ALERT).replaceAll("\n", "\r\n"), (PROVIDER + inOrder).replaceAll("\n", "\r\n")],
    ["another order", ALERT.replace("bread", "yeast"), `${ALERT.replace("bread", "yeast")}${entry}`],
    ["on one line", `${ALERT.split("  sources")[0]}  sources: [{ in: a, kind: App }]\n`, undefined],
  ])("is put in its place: %s", (_, text, expected) => {
    const { text: after, changed } = add(text, "milk");
    expect(changed).toBe(true);
    if (expected !== undefined) expect(after).toBe(expected);
    else expect(after).toContain("sources: [{ in: a, kind: App }, { kind: App, in: milk }]");
    expect(add(after, "milk")).toEqual({ text: after, changed: false });
  });
  it.each([
    ["is there in another spelling", ALERT.replace("kind: App\n      in: bread", "{ in: milk, kind: App }")],
    ["has another name", ALERT.replace("name: chat", "name: mine")],
    ["has another kind", PROVIDER],
    ["is nowhere", ""],
  ])("is left out where the object %s", (_, text) => {
    expect(add(text, "milk")).toEqual({ text, changed: false });
  });
  it("names the line of the file where something else stands", () => {
    const other = `${PROVIDER}${ALERT.split("  sources")[0]}  sources: all\n`;
    expect(() => add(other, "milk")).toThrow(UserError);
    expect(() => add(other, "milk")).toThrow("alerts.yaml:9:12: this is not a list");
  });
});
