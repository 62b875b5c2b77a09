/** Reads source files for what they import and reach for, and holds it against the table of rooms. */
import { posix } from "node:path";
import { parseAst } from "rolldown/parseAst";
import { BUILTINS, BUILTINS_FOR_PURE, PACKAGES, PURE, ROWS, type PackageRule } from "./rooms.ts";

export interface SourceFile {
  /** From the checkout, with `/`: `src/plan/plan.ts`. */
  readonly path: string;
  readonly text: string;
}

interface Import {
  /** `undefined` when it is put together at run time. */
  readonly specifier: string | undefined;
  readonly typeOnly: boolean;
  readonly offset: number;
}

/** One sentence for each breach, `file:line: …`. */
export const breaches = (files: readonly SourceFile[]): string[] =>
  files.flatMap((file) => {
    const { imports, globals } = scan(file);
    const say = (offset: number, message: string): string => `${file.path}:${lineAt(file.text, offset)}: ${message}`;
    return [
      ...imports.flatMap((entry) => (breach(file.path, entry) ?? []).map((message) => say(entry.offset, message))),
      ...(PURE.has(roomOf(file.path) ?? "")
        ? globals.map(({ name, offset }) => say(offset, `${name} in a pure room`))
        : []),
    ];
  });

const lineAt = (text: string, offset: number): number => text.slice(0, offset).split("\n").length;

/** `undefined` for what lies outside the house. */
function roomOf(path: string): string | undefined {
  const [first, second] = path.split("/");
  if (path === "plopfile.ts") return "plopfile";
  if (first === "generators") return "generators";
  return first === "src" ? second : undefined;
}

/** Beside the code, but not part of the program. */
export const isForTests = (path: string): boolean => /\.(test|fixture)\.ts$/.test(path);

const rowOf = (room: string): number => ROWS.findIndex((row) => row.includes(room));

function breach(path: string, { specifier, typeOnly }: Import): string[] | undefined {
  if (specifier === undefined) return ["an import that only shows at run time"];
  if (specifier.startsWith(".")) return roomBreach(path, posix.join(posix.dirname(path), specifier));
  // Data made from this repository at build.
  if (specifier.startsWith("#generated/")) return undefined;
  const room = roomOf(path) ?? "";
  if (specifier.startsWith("node:")) {
    const rule = BUILTINS[specifier];
    if (rule !== undefined && !allowed(path, typeOnly, rule))
      return [`${specifier} belongs to ${rule.values.join(", ") || "nobody"}`];
    if (PURE.has(room) && !typeOnly && !BUILTINS_FOR_PURE.has(specifier)) return [`${specifier} in a pure room`];
    return undefined;
  }
  const rule = PACKAGES[specifier];
  if (rule === undefined) return [`${specifier} is no package of this program`];
  return allowed(path, typeOnly, rule) ? undefined : [`${specifier} belongs to ${rule.values.join(", ")}`];
}

function roomBreach(from: string, to: string): string[] | undefined {
  const [here, there] = [roomOf(from), roomOf(to)];
  if (isForTests(to)) return [`${to} is for tests`];
  if (here === undefined || rowOf(here) < 0) return [`${from} is in no room of the table`];
  if (there === undefined || rowOf(there) < 0) return [`${to} is in no room of the table`];
  if (here === there || rowOf(there) > rowOf(here)) return undefined;
  return [`${here} imports ${to}, which is ${rowOf(there) === rowOf(here) ? "beside" : "above"} it`];
}

const allowed = (path: string, typeOnly: boolean, { values, types = [] }: PackageRule): boolean =>
  (typeOnly ? [...values, ...types] : values).some((place) =>
    place.endsWith("/") ? path.startsWith(place) : path === place,
  );

interface Global {
  readonly name: string;
  readonly offset: number;
}

/** What the process, the clock, the network and chance are reached by. */
const IMPURE = new Set(["process", "performance", "fetch", "console", "setTimeout", "setInterval", "crypto"]);
const IMPURE_MEMBERS = new Set(["Math.random", "Date.now"]);

interface SyntaxNode {
  readonly type: string;
  readonly start: number;
  readonly [key: string]: unknown;
}

const isNode = (value: unknown): value is SyntaxNode => typeof value === "object" && value !== null && "type" in value;
const nameOf = (value: unknown): string => (isNode(value) ? String(value["name"] ?? value["value"] ?? "") : "");

function scan({ path, text }: SourceFile): {
  readonly imports: readonly Import[];
  readonly globals: readonly Global[];
} {
  const imports: Import[] = [];
  const globals: Global[] = [];
  const visit = (node: SyntaxNode, parent: SyntaxNode | undefined): void => {
    const found = importIn(node);
    if (found !== undefined) imports.push(found);
    const global = globalIn(node, parent);
    if (global !== undefined) globals.push({ name: global, offset: node.start });
    for (const value of Object.values(node)) {
      for (const child of Array.isArray(value) ? value : [value]) if (isNode(child)) visit(child, node);
    }
  };
  visit(parseAst(text, { lang: "ts" }, path) as unknown as SyntaxNode, undefined);
  return { imports, globals };
}

function importIn(node: SyntaxNode): Import | undefined {
  const { type, source } = node;
  if (!isNode(source) || !/^(Import|Export|TSImportType)/.test(type)) return undefined;
  const specifier = typeof source["value"] === "string" ? source["value"] : undefined;
  const specifiers = (node["specifiers"] ?? []) as readonly SyntaxNode[];
  const kinds = specifiers.map((entry) => entry["importKind"] ?? entry["exportKind"]);
  const typeOnly =
    type === "TSImportType" ||
    node["importKind"] === "type" ||
    node["exportKind"] === "type" ||
    (kinds.length > 0 && kinds.every((kind) => kind === "type"));
  return { specifier, typeOnly, offset: node.start };
}

function globalIn(node: SyntaxNode, parent: SyntaxNode | undefined): string | undefined {
  if (
    node.type === "NewExpression" &&
    nameOf(node["callee"]) === "Date" &&
    (node["arguments"] as unknown[]).length === 0
  )
    return "new Date()";
  if (node.type === "MemberExpression") {
    const name = `${nameOf(node["object"])}.${nameOf(node["property"])}`;
    return IMPURE_MEMBERS.has(name) ? name : undefined;
  }
  if (node.type !== "Identifier" || !IMPURE.has(nameOf(node))) return undefined;
  // The name of a field or of a parameter is not the global.
  const isUse =
    (parent?.type === "MemberExpression" && parent["object"] === node) ||
    ((parent?.type === "CallExpression" || parent?.type === "NewExpression") && parent["callee"] === node);
  return isUse ? nameOf(node) : undefined;
}
