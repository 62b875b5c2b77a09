/** From a checked syntax tree to what the rules of the file types look at. */
import { placeholder, PLACEHOLDER, type Interpolation, type Outline } from "./interpolation.ts";
import {
  isBlock,
  isContent,
  isMustache,
  isPath,
  positionOf,
  type Block,
  type Mustache,
  type Program,
} from "./syntax.ts";
import type { Refuse } from "./refusal.ts";

type Branch = "program" | "inverse";
const branchesOf = (block: Block): readonly (readonly [Branch, Program])[] => [
  ["program", block.program],
  ...((block.inverse as Program | undefined) === undefined ? [] : [["inverse", block.inverse] as const]),
];

function formOf(node: Mustache): Interpolation["form"] {
  const name = isPath(node.path) && node.params.length > 0 ? node.path.original : "";
  return name === "block" || name === "comment" || name === "raw" ? name : "value";
}

export function outline(program: Program, source: string, refuseAt: Refuse): Outline {
  const lines = source.split("\n");
  const nodes: Mustache[] = [];
  /** The branch of every block around a node. */
  const routes = new Map<Mustache, ReadonlyMap<Block, Branch>>();

  function collect(body: Program, route: ReadonlyMap<Block, Branch>): void {
    for (const node of body.body) {
      if (isMustache(node)) {
        nodes.push(node);
        routes.set(node, route);
      } else if (isBlock(node)) {
        for (const [branch, inner] of branchesOf(node)) collect(inner, new Map([...route, [node, branch]]));
      }
    }
  }
  collect(program, new Map());

  const text = (body: Program, taken: (block: Block) => readonly Program[]): string =>
    body.body
      .map((node) => {
        if (isContent(node)) return node.value;
        if (isMustache(node)) return placeholder(nodes.indexOf(node));
        return isBlock(node)
          ? taken(node)
              .map((inner) => text(inner, taken))
              .join("")
          : "";
      })
      .join("");

  const all = (block: Block): readonly Program[] => branchesOf(block).map(([, inner]) => inner);
  const along =
    (route: ReadonlyMap<Block, Branch>) =>
    (block: Block): readonly Program[] =>
      branchesOf(block).flatMap(([branch, inner]) => (branch === (route.get(block) ?? "program") ? [inner] : []));

  const interpolations = nodes.map((node): Interpolation => {
    const at = positionOf(node);
    return { node, at, form: formOf(node), line: lines[at.line - 1] ?? "" };
  });

  return {
    source,
    interpolations,
    linear: text(program, all),
    variant(index) {
      const node = nodes[index];
      return text(program, along((node && routes.get(node)) ?? new Map()));
    },
    lineOf(rendered) {
      const written = rendered.replace(PLACEHOLDER, (_, index: string) => {
        const { start, end } = nodes[Number(index)]?.loc ?? { start: { line: 0, column: 0 }, end: { column: 0 } };
        return (lines[start.line - 1] ?? "").slice(start.column, end.column);
      });
      return { line: lines.indexOf(written) + 1 || 1, column: 1 };
    },
    refuse: (at, message) => refuseAt("at" in at ? at.at : at, message),
  };
}
