/** Schemas of custom resources, from the custom resource definitions of the components. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parseAllDocuments } from "yaml";
import { crdFiles, requireComponents } from "../components.ts";
import { checkout } from "../paths.ts";
import { groupOf } from "./core.ts";
import { compiled, type Validate } from "./compile.ts";
import type { Schema } from "./schema.ts";
import { strictResource } from "./strict.ts";

interface Definition {
  readonly kind?: string;
  readonly spec: {
    readonly group: string;
    readonly names: { readonly kind: string };
    readonly versions: readonly {
      readonly name: string;
      readonly served: boolean;
      readonly schema: { readonly openAPIV3Schema: Schema };
    }[];
  };
}

/** What a system brings without a file of its own. */
export const BROUGHT = join(checkout, "test/support/schemas/talos.yaml");

const texts = new Map<string, string>();

function textOf(file: string): string {
  const text = texts.get(file) ?? readFileSync(file, "utf8");
  texts.set(file, text);
  return text;
}

const escaped = (text: string): string => text.replaceAll(/[.\\]/g, "\\$&");

/** Validators of a kind, or why there is none. */
export interface Found {
  /** One for each definition: both channels of the Gateway API have HTTPRoute. */
  readonly validators: readonly Validate[];
  /** Versions that are served when the one asked for is not. */
  readonly served: readonly string[];
}

const found = new Map<string, Found>();

/** `components` restricts where to look. */
export function customValidators(apiVersion: string, kind: string, components?: readonly string[]): Found {
  const key = JSON.stringify([apiVersion, kind, components]);
  const known = found.get(key) ?? search(apiVersion, kind, components);
  found.set(key, known);
  return known;
}

function search(apiVersion: string, kind: string, components: readonly string[] | undefined): Found {
  const [group, version] = [groupOf(apiVersion), apiVersion.slice(apiVersion.indexOf("/") + 1)];
  // Reading 20 MB of YAML takes seconds, so only files that mention the names are read as YAML, and those once.
  const mentions = [
    new RegExp(`group: ["']?${escaped(group)}["']?$`, "m"),
    new RegExp(`kind: ["']?${kind}["']?$`, "m"),
  ];
  const files = [...crdFiles(requireComponents(), components), BROUGHT].filter((file) =>
    mentions.every((name) => name.test(textOf(file))),
  );
  const served = new Set<string>();
  const validators = files.flatMap((file) => {
    const schema = (): Schema | undefined => {
      const versions = versionsIn(textOf(file), group, kind);
      for (const { name } of versions) served.add(name);
      const found = versions.find(({ name }) => name === version);
      return found && strictResource(found.schema.openAPIV3Schema);
    };
    return compiled(`${apiVersion} ${kind} ${textOf(file)}`, schema) ?? [];
  });
  return { validators, served: [...served] };
}

function versionsIn(text: string, group: string, kind: string): Definition["spec"]["versions"] {
  const definition = parseAllDocuments(text)
    .map((document) => document.toJS() as Definition | null)
    .find(
      (value) =>
        value?.kind === "CustomResourceDefinition" && value.spec.group === group && value.spec.names.kind === kind,
    );
  return definition?.spec.versions.filter(({ served }) => served) ?? [];
}
