/** Whose a host name is. */
import { besideGateway, change, type AuditCase } from "./case.ts";
import { edit } from "../rules/edits.ts";

const map = (...lines: readonly string[]) =>
  besideGateway(`apiVersion: v1
kind: ConfigMap
metadata: { name: host-names }
data:
${lines.map((line) => `  ${line}\n`).join("")}`);

const ECHO = "echo.ragas.cc: default";

const claimed = [edit("\ndns:\n", "\npolicies: { names: { default: [films.ragas.cc, photos.ragas.cc] } }\n\ndns:\n")];
const ROUTE = "kubernetes/apps/default/photos/app/httproute.yaml";

export const names: readonly AuditCase[] = [
  {
    id: "NAME-TAKEN",
    what: "a name of another namespace",
    broken: map(ECHO, "photos.ragas.cc: media"),
    nearMiss: map(ECHO, "photos.ragas.cc: default"),
  },
  {
    id: "NAME-TAKEN",
    what: "a name below a wildcard of another namespace",
    broken: map(ECHO, "_.ragas.cc: media"),
    nearMiss: map(ECHO, "_.ragas.cc: media", '"photos.ragas.cc": media,default'),
  },
  {
    id: "NAME-TAKEN",
    what: "a wildcard that stands for a name of another namespace",
    broken: {
      ...map(ECHO, "films.ragas.cc: media", "photos.ragas.cc: default", '"_": other'),
      [ROUTE]: change("  hostnames:\n", '  hostnames:\n    - "*.ragas.cc"\n'),
    },
    nearMiss: {
      ...map(ECHO, "films.ragas.cc: media", "photos.ragas.cc: default", "_.ragas.cc: default"),
      [ROUTE]: change("  hostnames:\n", '  hostnames:\n    - "*.ragas.cc"\n'),
    },
  },
  {
    id: "NAME-FREE",
    what: "a name that is nobody's",
    broken: map(ECHO),
    nearMiss: map(ECHO, "_.ragas.cc: default"),
  },
  {
    id: "NAME-IDLE",
    what: "a name that nobody answers",
    network: claimed,
    broken: map(ECHO, "films.ragas.cc: default", "photos.ragas.cc: default"),
    nearMiss: map(ECHO, "photos.ragas.cc: default"),
  },
];
