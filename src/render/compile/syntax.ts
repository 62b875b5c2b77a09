/** The part of Handlebars' syntax tree that templates may use, and the walk over it that refuses the rest. */
import type Handlebars from "handlebars";
import type { Position, Refuse } from "./refusal.ts";

type Tree = ReturnType<typeof Handlebars.parse>;
export type Program = Tree;
export type Mustache = hbs.AST.MustacheStatement;
export type Block = hbs.AST.BlockStatement;
export type Content = hbs.AST.ContentStatement;
export type Path = hbs.AST.PathExpression & { strict?: true };
export type Expression = hbs.AST.Expression;
type SubExpression = hbs.AST.SubExpression;

export const isMustache = (node: hbs.AST.Node): node is Mustache => node.type === "MustacheStatement";
export const isBlock = (node: hbs.AST.Node): node is Block => node.type === "BlockStatement";
export const isContent = (node: hbs.AST.Node): node is Content => node.type === "ContentStatement";
export const isPath = (node: hbs.AST.Node): node is Path => node.type === "PathExpression";
const isSubExpression = (node: hbs.AST.Node): node is SubExpression => node.type === "SubExpression";
const isLiteral = (node: hbs.AST.Node): boolean => /^(String|Number|Boolean)Literal$/.test(node.type);

export const positionOf = (node: hbs.AST.Node): Position => ({
  line: node.loc.start.line,
  column: node.loc.start.column + 1,
});

/** Loops around a place, outermost first: the list or map each goes over. */
export type Loops = readonly Expression[];

export interface Visitor {
  mustache?(node: Mustache, loops: Loops): void;
  path?(node: Path, loops: Loops): void;
}

const ARITY: Readonly<Record<string, readonly [least: number, most: number]>> = {
  str: [1, Infinity],
  block: [1, 1],
  comment: [1, 1],
  raw: [1, 1],
};

const BLOCKS = ["if", "unless", "each"];
const LOOP_DATA = ["@index", "@first", "@last", "@key"];

/** Goes through the template in order and refuses what is not listed in this file. */
export function walk(program: Program, refuse: Refuse, visitor: Visitor): void {
  const refuseAt = (node: hbs.AST.Node, message: string): never => refuse(positionOf(node), message);

  function visitPath(path: Path, loops: Loops): void {
    if (path.data && (!LOOP_DATA.includes(path.original) || loops.length === 0))
      refuseAt(path, `${path.original}: only ${LOOP_DATA.join(", ")}, inside {{#each}}`);
    if (!path.data && path.depth > loops.length) refuseAt(path, `${path.original} leads out of the view`);
    if (!path.data && path.parts.length === 0 && path.depth === loops.length)
      refuseAt(path, `${path.original} is the whole view`);
    visitor.path?.(path, loops);
  }

  function visitExpression(node: Expression, loops: Loops, helper: string): void {
    if (isPath(node)) return visitPath(node, loops);
    if (isLiteral(node) && (helper === "str" || helper === "eq")) return;
    if (!isSubExpression(node)) return refuseAt(node, `${helper} takes keys of the view`);
    const inner = node.path.original;
    const fits = (inner === "eq" && (helper === "if" || helper === "unless")) || (inner === "str" && helper !== "str");
    if (!fits) refuseAt(node, `(${inner} …) inside ${helper}`);
    if (node.hash) refuseAt(node, "named arguments");
    if (inner === "eq" && node.params.length !== 2) refuseAt(node, "eq compares two");
    for (const param of node.params) visitExpression(param, loops, inner);
  }

  function visitMustache(node: Mustache, loops: Loops): void {
    if (!node.escaped) refuseAt(node, "{{{ }}} and {{& }} would write text unescaped; {{raw x}} says so");
    if (node.hash) refuseAt(node, "named arguments");
    if (node.strip.open || node.strip.close) refuseAt(node, "~ hides where lines end");
    if (!isPath(node.path)) return refuseAt(node, "a literal needs no interpolation");
    if (node.params.length === 0) {
      visitPath(node.path, loops);
    } else {
      const name = node.path.original;
      const arity = Object.hasOwn(ARITY, name) ? ARITY[name] : undefined;
      if (arity === undefined)
        return refuseAt(node, `unknown helper ${name}; there are ${Object.keys(ARITY).join(", ")}`);
      if (node.params.length < arity[0] || node.params.length > arity[1]) refuseAt(node, `${name} takes one argument`);
      for (const param of node.params) visitExpression(param, loops, name);
    }
    visitor.mustache?.(node, loops);
  }

  function visitBlock(node: Block, loops: Loops): void {
    const name = node.path.original;
    const [subject, ...more] = node.params;
    if (!BLOCKS.includes(name)) refuseAt(node, `unknown block ${name}; there are ${BLOCKS.join(", ")}`);
    if (subject === undefined || more.length > 0) return refuseAt(node, `{{#${name}}} takes one argument`);
    if (node.hash) refuseAt(node, "named arguments");
    if ([node.openStrip, node.closeStrip, node.inverseStrip].some((strip) => strip?.open || strip?.close))
      refuseAt(node, "~ hides where lines end");
    visitExpression(subject, loops, name);
    visitProgram(node.program, name === "each" ? [...loops, subject] : loops);
    if (node.inverse as Program | undefined) visitProgram(node.inverse, loops);
  }

  function visitProgram(body: Program, loops: Loops): void {
    if ((body.blockParams as string[] | undefined)?.length) refuseAt(body, "block parameters; {{this}} is the item");
    for (const node of body.body) {
      if (isMustache(node)) visitMustache(node, loops);
      else if (isBlock(node)) visitBlock(node, loops);
      else if (node.type.startsWith("Partial")) refuseAt(node, "partials");
      else if (!isContent(node) && node.type !== "CommentStatement") refuseAt(node, node.type);
    }
  }

  visitProgram(program, []);
}
