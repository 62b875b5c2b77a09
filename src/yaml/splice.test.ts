import { expect, test } from "vitest";
import { UserError } from "../model/errors.ts";
import { appendToList, removeFromList, removeKey, setValue } from "./splice.ts";

const FILE = "kustomization.yaml";
const append = (text: string, item = "./b", path: readonly string[] = ["resources"]) =>
  appendToList(text, FILE, path, item).text;
const remove = (text: string, item = "./b", path: readonly string[] = ["resources"]) =>
  removeFromList(text, FILE, path, item).text;
const set = (text: string, path: string, value: unknown) => setValue(text, FILE, path.split("."), value).text;
const drop = (text: string, path: string) => removeKey(text, FILE, path.split(".")).text;

test.each<[string, string, string]>([
  [
    "at the end, with trailing comments",
    "resources:\n  - ./c # last\n  - ./a\n",
    "resources:\n  - ./c # last\n  - ./a\n  - ./b\n",
  ],
  [
    "in order where the list is sorted",
    "resources:\n  - ./a # first\n  # about c\n  - ./c\nx: 1\n",
    "resources:\n  - ./a # first\n  - ./b\n  # about c\n  - ./c\nx: 1\n",
  ],
  [
    "before a first item and its comment",
    "resources:\n  # about c\n  - ./c\n",
    "resources:\n  - ./b\n  # about c\n  - ./c\n",
  ],
  ["order knows nothing of ./", "resources:\n  - a\n  - ./c\n", "resources:\n  - a\n  - ./b\n  - ./c\n"],
  ["dashes at column 0", "resources:\n- ./a\nx: 1\n", "resources:\n- ./a\n- ./b\nx: 1\n"],
  ["deep dashes", "resources:\n      - ./a\n", "resources:\n      - ./a\n      - ./b\n"],
  ["no last line break", "resources:\n  - ./a", "resources:\n  - ./a\n  - ./b"],
  ["CRLF", "resources:\r\n  - ./a\r\nx: 1\r\n", "resources:\r\n  - ./a\r\n  - ./b\r\nx: 1\r\n"],
  ["CRLF without the last", "x: 1\r\nresources:\r\n  - ./a", "x: 1\r\nresources:\r\n  - ./a\r\n  - ./b"],
  ["an empty list", "resources: [] # none yet\nx: 1\n", "resources: # none yet\n  - ./b\nx: 1\n"],
  ["null", "resources:\nx: 1\n", "resources:\n  - ./b\nx: 1\n"],
  ["null with a comment", "resources: # none\n  # - ./a\nx: 1\n", "resources: # none\n  - ./b\n  # - ./a\nx: 1\n"],
  ["a written null", "resources: ~\n", "resources:\n  - ./b\n"],
  ["a flow list", "resources: [./a, ./z] # c\n", "resources: [./a, ./b, ./z] # c\n"],
  [
    "a flow list on lines, with a trailing comma",
    "resources: [\n  ./a, # a\n  ./Z, # z\n]\n",
    "resources: [\n  ./a, # a\n  ./Z, ./b, # z\n]\n",
  ],
  ["an empty flow list in a map", "{ resources: [], x: 1 }\n", "{ resources: [./b], x: 1 }\n"],
  ["a missing key", "kind: Kustomization\n", "kind: Kustomization\nresources:\n  - ./b\n"],
  ["a missing key above comments at the end", "kind: K\n# end\n", "kind: K\nresources:\n  - ./b\n# end\n"],
  [
    "a missing key below comments of the last value",
    "patches:\n  - a\n  # - b\n\n# end\n",
    "patches:\n  - a\n  # - b\nresources:\n  - ./b\n\n# end\n",
  ],
  ["a missing key behind a block scalar", "a: |\n  text\n", "a: |\n  text\nresources:\n  - ./b\n"],
  ["a missing key, no last line break", "kind: K", "kind: K\nresources:\n  - ./b"],
  ["a missing key in a flow map", "{ kind: K }\n", "{ kind: K, resources: [./b] }\n"],
  ["comments only", "# my cluster\n", "# my cluster\nresources:\n  - ./b\n"],
  ["an empty file", "", "resources:\n  - ./b\n"],
  ["a document start", "---\nresources:\n  - ./a\n...\n", "---\nresources:\n  - ./a\n  - ./b\n...\n"],
  [
    "items that are no text stay where they are",
    "resources:\n  - z: 1\n    y: 2 # c\n",
    "resources:\n  - z: 1\n    y: 2 # c\n  - ./b\n",
  ],
])("append: %s", (_, before, after) => {
  expect(append(before)).toBe(after);
  expect(append(after)).toBe(after);
});

test("an item that is there in another spelling changes nothing", () => {
  for (const text of ["resources: [b]\n", 'resources:\n  - "./b"\n', "resources:\n  - 'b'\n"])
    expect(appendToList(text, FILE, ["resources"], "./b")).toEqual({ text, changed: false });
});

test("items are quoted where they need to be, and lists are found by their path", () => {
  expect(append("lan:\n  dns: [a]\n", "a: b", ["lan", "dns"])).toBe('lan:\n  dns: [a, "a: b"]\n');
  expect(append("a:\n  - b:\n      - x\n", "yes", ["a", "0", "b"])).toBe('a:\n  - b:\n      - x\n      - "yes"\n');
  expect(append("a:\n  - - x\n", "A", ["a", "0"])).toBe("a:\n  - - A\n    - x\n");
  expect(append("- x\n", "z", [])).toBe("- x\n- z\n");
});

test.each<[string, string, string]>([
  [
    "an item with its comment",
    "resources:\n  # about a\n  - ./a\n  - ./b # gone\n  - ./c\n",
    "resources:\n  # about a\n  - ./a\n  - ./c\n",
  ],
  ["each spelling", "resources: [b, ./b, c]\n", "resources: [c]\n"],
  ["the last of a flow list", "resources: [a, b]\n", "resources: [a]\n"],
  ["the only one", "resources: # all\n  # about b\n  - b\nx: 1\n", "resources: [] # all\nx: 1\n"],
  ["the only one of a flow list", "resources: [b]\n", "resources: []\n"],
  ["the last line", "resources:\n  - a\n  - b", "resources:\n  - a"],
  ["CRLF", "resources:\r\n- b\r\n- a\r\n", "resources:\r\n- a\r\n"],
  ["nothing there", "x: 1\n", "x: 1\n"],
])("remove: %s", (_, before, after) => {
  expect(remove(before)).toBe(after);
});

test("remove: what follows takes the place behind a dash", () => {
  expect(remove("a:\n  - - b\n    - c\n", "b", ["a", "0"])).toBe("a:\n  - - c\n");
  expect(remove("a:\n  - - b\n    # about c\n    - c\n", "b", ["a", "0"])).toBe("a:\n  -\n    # about c\n    - c\n");
});

test.each<[string, string, string, unknown, string]>([
  ["a scalar, comments stay", "# a\na: 1   # one\nb: 2\n", "a", 2, "# a\na: 2   # one\nb: 2\n"],
  ["a quoted scalar", "a: 'x'\n", "a", "yes", 'a: "yes"\n'],
  ["a scalar on lines", "a: one\n  two # c\nb: 1\n", "a", "three", "a: three # c\nb: 1\n"],
  ["a scalar below its key", "a: # c\n  one\nb: 1\n", "a", 1, "a: 1 # c\nb: 1\n"],
  ["a block scalar", "a: |\n  one\n\n  two\n\nb: 1\n", "a", "x", "a: x\n\nb: 1\n"],
  ["a left out value", "a: # c\nb:\n", "b", true, "a: # c\nb: true\n"],
  [
    "a value by a map",
    "cni: cilium # short\nx: 1\n",
    "cni",
    { provider: "cilium", routing: "native" },
    "cni: # short\n  provider: cilium\n  routing: native\nx: 1\n",
  ],
  [
    "a map by a value",
    "cni: # c\n    provider: cilium\n    # inner\nx: 1\n",
    "cni",
    "flannel",
    "cni: flannel # c\n    # inner\nx: 1\n",
  ],
  [
    "in a flow map",
    "repository: { url: https://x.y/z.git, branch: main } # c\n",
    "repository.branch",
    "a,b",
    'repository: { url: https://x.y/z.git, branch: "a,b" } # c\n',
  ],
  ["a new key of a flow map", "a: { b: 1 }\n", "a.c", [1, 2], "a: { b: 1, c: [1, 2] }\n"],
  ["a left out value in a flow map", "a: { b, c: }\n", "a.b", 1, "a: { b: 1, c: }\n"],
  ["below an empty flow map", "a: {} # c\n", "a.b.c", 1, "a: # c\n  b:\n    c: 1\n"],
  ["below null", "a:\nb: 1\n", "a.x.z", 1, "a:\n  x:\n    z: 1\nb: 1\n"],
  [
    "a new key of a deep map",
    "a:\n    b:\n        c: 1 # c\n    # about d\n    d: 1\n",
    "a.b.e",
    "x",
    "a:\n    b:\n        c: 1 # c\n        e: x\n    # about d\n    d: 1\n",
  ],
  [
    "a new key at the top",
    "a: 1\n",
    "cluster.nodes.n1",
    { ip: "172.16.1.50" },
    "a: 1\ncluster:\n  nodes:\n    n1:\n      ip: 172.16.1.50\n",
  ],
  ["a new key of an item", "- a: 1\n- b: 1\n", "0.c", 2, "- a: 1\n  c: 2\n- b: 1\n"],
  ["an item", "a:\n  - x # one\n  - y\n", "a.0", { k: 1, l: 2 }, "a:\n  - k: 1 # one\n    l: 2\n  - y\n"],
  ["an item of a flow list", "a: [x, y]\n", "a.1", "z", "a: [x, z]\n"],
  ["text of many lines", "a: 1\n", "a", "x\ny\n", 'a: "x\\ny\\n"\n'],
  ["CRLF", "a: 1\r\nb: 2\r\n", "a", { x: [1] }, "a:\r\n  x:\r\n    - 1\r\nb: 2\r\n"],
  ["no last line break", "a: 1\nb: 2", "b", { c: 3 }, "a: 1\nb:\n  c: 3"],
  ["an empty file", "", "a.b", 1, "a:\n  b: 1\n"],
  [
    "a map by a map touches what differs",
    "a:\n  # about b\n  b: 1 # b\n  c: [x] # c\n  d: 1\n",
    "a",
    { b: 1, c: ["x", "z"], e: 2 },
    "a:\n  # about b\n  b: 1 # b\n  c: [x, z] # c\n  e: 2\n",
  ],
  [
    "a list by a list touches what differs",
    "a:\n  # about x\n  - x # x\n  - { k: 1 } # k\n  - old # old\n  - z # z\n",
    "a",
    ["x", { k: 2 }, "new", "z"],
    "a:\n  # about x\n  - x # x\n  - { k: 2 } # k\n  - new\n  - z # z\n",
  ],
  ["a list by an empty one", "a:\n  - x\n", "a", [], "a: []\n"],
  ["keys that look like values", "a:\n  on: 1\n  1: 2\n", "a.1", 3, "a:\n  on: 1\n  1: 3\n"],
  ["the same value", "a: 'x' # c\n", "a", "x", "a: 'x' # c\n"],
])("set: %s", (_, before, path, value, after) => {
  expect(set(before, path, value)).toBe(after);
  expect(setValue(after, FILE, path.split("."), value)).toEqual({ text: after, changed: false });
});

test.each<[string, string, string, string]>([
  ["a key with its comment", "a: 1\n# about b\nb: 2 # two\nc: 3\n", "b", "a: 1\n# about b\nc: 3\n"],
  [
    "a block, comments inside stay",
    "x: 1\na:\n  b: 1\n  # inner\n\n# about c\nc: 3\n",
    "a",
    "x: 1\n  # inner\n\n# about c\nc: 3\n",
  ],
  [
    "a block behind a block scalar",
    "x: |\n  text\na:\n  b: 1\n  # inner\n# about c\nc: 3\n",
    "a",
    "x: |\n  text\n# about c\nc: 3\n",
  ],
  ["the last key of a map", "a: # c\n  b: 1\nc: 3\n", "a.b", "a: {} # c\nc: 3\n"],
  ["the first key of an item", "- a: 1 # c\n  b: 2\n", "0.a", "- b: 2\n"],
  ["the first key of an item, a comment behind it", "- a: 1\n  # about b\n  b: 2\n", "0.a", "-\n  # about b\n  b: 2\n"],
  ["keys of flow maps", "a: { b: 1, c: 2, d: 3 }\n", "a.c", "a: { b: 1, d: 3 }\n"],
  ["the first of a flow map", "a: { b: 1, c: 2 }\n", "a.b", "a: { c: 2 }\n"],
  ["the only one of a flow map", "a: { b: 1 } # c\n", "a.b", "a: {} # c\n"],
  ["the only one of the file", "# c\na: 1\n", "a", "# c\n"],
  ["an item", "a: [x, y]\n", "a.0", "a: [y]\n"],
  ["the last line", "a: 1\r\nb: 2", "b", "a: 1"],
  ["what is not there", "a: 1\n", "b.c", "a: 1\n"],
])("remove key: %s", (_, before, path, after) => {
  expect(drop(before, path)).toBe(after);
});

test.each<[string, () => unknown, string]>([
  ["not YAML", () => append("a: b: c\n"), "kustomization.yaml:1:4: a second `: ` in one value"],
  ["repeated keys", () => append("a: 1\na: 2\n"), 'kustomization.yaml:2:1: "a" stands twice'],
  ["two documents", () => append("a: 1\n---\nb: 1\n"), "kustomization.yaml:2:1: a second document"],
  ["not a list", () => append("resources: x\n"), "kustomization.yaml:1:12: this is not a list"],
  ["an alias", () => append("a: &x [1]\nresources: *x\n"), "kustomization.yaml:2:12: an alias stands here"],
  [
    "a value on the way",
    () => set("cni: cilium\n", "cni.routing", "native"),
    'kustomization.yaml:1:6: a single value stands where "routing" needs a map',
  ],
  ["an item that is not there", () => set("a: [x]\n", "a.1", "y"), "kustomization.yaml:1:4: a list without item 1"],
  [
    "a value that is repeated elsewhere",
    () => append("resources: &x\n  - a\ncopy: *x\n"),
    "an anchor repeats what the edit would change",
  ],
  ["the whole file", () => removeKey("a: 1\n", FILE, []), "the whole file is no key"],
])("refused: %s", (_, edit, message) => {
  expect(edit).toThrow(UserError);
  expect(edit).toThrow(message);
});
