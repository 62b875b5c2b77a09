/** The ids of the rules in the facts, a folder of verified facts that lies beside the components. */
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { asList, asMap } from "../../src/model/unknown.ts";
import { readDocuments } from "../../src/yaml/documents.ts";
import type { Area } from "./rows.ts";

const section = (text: string, heading: RegExp): string => {
  const parts = text.split(/^(?=## )/m);
  return parts.find((part) => heading.test(part)) ?? "";
};

const ROW = /^\| ([A-Z][A-Z0-9]*-\d+) \|/gm;
const BULLET = /\*\*(R-[A-Z0-9]+-\d+)\*\*/g;
const found = (text: string, id: RegExp): readonly string[] => [...text.matchAll(id)].map(([, name = ""]) => name);

const READERS: Readonly<Record<Area, { readonly file: string; ids(text: string): readonly string[] }>> = {
  "cni-lb": { file: "cni-lb.md", ids: (text) => found(section(text, /^## 8\. /), ROW) },
  "gitops-bootstrap": { file: "gitops-bootstrap.md", ids: (text) => found(section(text, /^## 14\. /), BULLET) },
  "ingress-dns": {
    file: "ingress-dns.rules.yaml",
    ids: (text) =>
      asList(asMap(readDocuments(text, "ingress-dns.rules.yaml")[0])["rules"]).map((rule) => String(asMap(rule)["id"])),
  },
  "observability-apps": { file: "observability-apps.md", ids: (text) => found(section(text, /^## 9\. /), ROW) },
};

export interface Facts {
  readonly ids: readonly string[];
  readonly text: string;
}

/** Throws, with what to do, where they are not. */
export function factsOf(area: Area, components: string): Facts {
  const { file, ids } = READERS[area];
  const path = join(components, "..", "facts", file);
  if (!existsSync(path))
    throw new Error(`${path} is not there: HOMELAB_NET_COMPONENTS names a folder that has the folder facts beside it`);
  const text = readFileSync(path, "utf8");
  return { ids: ids(text), text };
}
