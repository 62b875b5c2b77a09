/**
 * Core definitions out of npm's kubernetes-types, whose declarations are generated from the OpenAPI definitions:
 * what `npm test` has when no folder with the definitions themselves is at hand. They do not tell integers from
 * other numbers and stop at the Kubernetes version the package is named after.
 */
import { readdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join, posix } from "node:path";
import { parseAst } from "rolldown/parseAst";
import { intOrString } from "./format.ts";
import type { Schema } from "./schema.ts";

type Statement = ReturnType<typeof parseAst>["body"][number];
type Interface = Extract<Statement, { type: "TSInterfaceDeclaration" }>;
type Member = Interface["body"]["body"][number];
type TypeNode = NonNullable<Extract<Member, { type: "TSPropertySignature" }>["typeAnnotation"]>["typeAnnotation"];
/** Name in the file → name of the definition. */
type Scope = ReadonlyMap<string, string>;

export function packagedDefinitions(): Record<string, Schema> {
  const root = dirname(createRequire(import.meta.url).resolve("kubernetes-types/package.json"));
  const files = readdirSync(root, { recursive: true, encoding: "utf8" }).filter((file) => file.endsWith(".d.ts"));
  return Object.assign(
    {},
    ...files.map((file) => declared(file.replaceAll("\\", "/"), readFileSync(join(root, file), "utf8"))),
  );
}

/** The definitions one file declares, named `<file without .d.ts>.<type>`. */
export function declared(file: string, text: string): Record<string, Schema> {
  const module = file.replace(/\.d\.ts$/, "");
  const { body } = parseAst(text, { lang: "dts" }, file);
  const scope = new Map<string, string>();
  const definitions: Record<string, Schema> = {};
  const declarations = body.flatMap((statement) =>
    statement.type === "ExportNamedDeclaration" && statement.declaration !== null ? [statement.declaration] : [],
  );
  for (const statement of body) {
    if (statement.type !== "ImportDeclaration") continue;
    const from = posix.join(posix.dirname(module), statement.source.value);
    for (const { local } of statement.specifiers) scope.set(local.name, `${from}.${local.name}`);
  }
  for (const declaration of declarations) {
    if (declaration.type === "TSInterfaceDeclaration" || declaration.type === "TSTypeAliasDeclaration") {
      scope.set(declaration.id.name, `${module}.${declaration.id.name}`);
    }
  }
  for (const declaration of declarations) {
    if (declaration.type === "TSInterfaceDeclaration") {
      definitions[`${module}.${declaration.id.name}`] = members(declaration.body.body, scope);
    } else if (declaration.type === "TSTypeAliasDeclaration") {
      definitions[`${module}.${declaration.id.name}`] = schemaOf(declaration.typeAnnotation, scope);
    }
  }
  return definitions;
}

function members(list: readonly Member[], scope: Scope): Schema {
  const properties: Record<string, Schema> = {};
  const required: string[] = [];
  for (const member of list) {
    const type = "typeAnnotation" in member ? member.typeAnnotation?.typeAnnotation : undefined;
    if (type === undefined) throw new Error(`declarations have no ${member.type}`);
    if (member.type === "TSIndexSignature") return { type: "object", additionalProperties: schemaOf(type, scope) };
    if (member.type !== "TSPropertySignature") throw new Error(`declarations have no ${member.type}`);
    const name =
      member.key.type === "Identifier" ? member.key.name : String("value" in member.key ? member.key.value : "");
    properties[name] = schemaOf(type, scope);
    if (!member.optional) required.push(name);
  }
  return { type: "object", properties, ...(required.length > 0 ? { required } : {}) };
}

function schemaOf(node: TypeNode, scope: Scope): Schema {
  switch (node.type) {
    case "TSStringKeyword":
      return { type: "string" };
    case "TSNumberKeyword":
      return { type: "number" };
    case "TSBooleanKeyword":
      return { type: "boolean" };
    case "TSAnyKeyword":
      return {};
    case "TSLiteralType":
      return { enum: ["value" in node.literal ? node.literal.value : undefined] };
    case "TSArrayType":
      return { type: "array", items: schemaOf(node.elementType, scope) };
    case "TSTypeLiteral":
      return members(node.members, scope);
    case "TSUnionType":
      return unionOf(node.types.map((type) => schemaOf(type, scope)));
    case "TSTypeReference": {
      const name = node.typeName.type === "Identifier" ? node.typeName.name : "";
      const [parameter] = node.typeArguments?.params ?? [];
      if (name === "Array" && parameter !== undefined) return { type: "array", items: schemaOf(parameter, scope) };
      const definition = scope.get(name);
      if (definition !== undefined) return { $ref: `#/definitions/${definition.replaceAll("/", "~1")}` };
      throw new Error(`declarations do not tell what ${name} is`);
    }
    default:
      throw new Error(`declarations have no ${node.type}`);
  }
}

function unionOf(types: readonly Schema[]): Schema {
  const names = types.map(({ type }) => type).join("|");
  return names === "number|string" ? intOrString : { anyOf: types };
}
