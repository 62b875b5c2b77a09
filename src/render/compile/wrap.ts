/** Rewrites a checked syntax tree so that only safe text can come out of it. */
import type { Escape, Interpolation } from "./interpolation.ts";
import type { Refuse } from "./refusal.ts";
import { isBlock, isContent, isMustache, walk, type Expression, type Path, type Program } from "./syntax.ts";

const helperPath = (name: string, loc: hbs.AST.SourceLocation): Path =>
  ({ type: "PathExpression", data: false, depth: 0, parts: [name], original: name, loc }) as Path;

const literal = (value: string | number | boolean, loc: hbs.AST.SourceLocation): Expression => {
  const kind = { string: "StringLiteral", number: "NumberLiteral", boolean: "BooleanLiteral" }[
    typeof value as "string"
  ];
  return { type: kind, value, original: value, loc } as Expression;
};

/** What the helper is given: `x` of `{{x}}` and `{{block x}}`, `(str …)` of `{{str …}}`. */
function subjectOf({ node, form }: Interpolation): Expression {
  const { path, params, loc } = node;
  const [first] = params;
  if (first === undefined) return path;
  return form === "value" ? ({ type: "SubExpression", path, params, loc } as Expression) : first;
}

function wrapInterpolation(interpolation: Interpolation, { helper, args }: Escape): void {
  const { node } = interpolation;
  const subject = subjectOf(interpolation);
  node.path = helperPath(helper, node.loc);
  node.params = [subject, ...args.map((arg) => literal(arg, node.loc))];
}

/**
 * `../x` by way of the frames that `each` keeps. Handlebars would count its own contexts, and counts one too few where an
 * item equals the one around it.
 */
function rewritePath(path: Path, loops: number): void {
  const around = path.depth === loops ? ["root"] : [...Array<string>(path.depth).fill("_parent"), "item"];
  path.parts = [...around, ...path.parts];
  path.data = true;
  path.depth = 0;
}

function dropSpaceBefore(program: Program, nodes: ReadonlySet<unknown>): void {
  program.body.forEach((node, index) => {
    if (isBlock(node)) {
      dropSpaceBefore(node.program, nodes);
      if (node.inverse as Program | undefined) dropSpaceBefore(node.inverse, nodes);
    }
    const before = program.body[index - 1];
    if (isMustache(node) && nodes.has(node) && before !== undefined && isContent(before))
      before.value = before.value.replace(/ +$/, "");
  });
}

export function wrap(
  program: Program,
  interpolations: readonly Interpolation[],
  escapes: readonly Escape[],
  refuse: Refuse,
): void {
  const paths: (readonly [Path, number])[] = [];
  walk(program, refuse, { path: (path, loops) => paths.push([path, loops.length]) });
  for (const [path, loops] of paths) {
    path.strict = true;
    if (path.depth > 0) rewritePath(path, loops);
  }
  const hungry = interpolations.filter((_, index) => escapes[index]?.eatsSpace).map(({ node }) => node);
  dropSpaceBefore(program, new Set(hungry));
  interpolations.forEach((interpolation, index) => {
    const escape = escapes[index];
    if (escape === undefined) throw new Error(`no rule for interpolation ${index}`);
    wrapInterpolation(interpolation, escape);
  });
}
