/** `gen list`: what there is, as tables or JSON. */
import { isOn, type Session } from "../../../generators/generator.ts";
import { rememberedApps } from "../../../generators/rememberedApp.ts";
import { openRepository } from "../../../generators/repository.ts";
import { compose } from "../../compose/compose.ts";
import { flowPicture, flowRows, flowTable, type FlowRow } from "../../compose/flowRows.ts";
import { UserError } from "../../model/errors.ts";
import { suggest } from "../../model/suggest.ts";
import { findApps } from "../../repo/apps.ts";
import { readState } from "../../repo/state.ts";
import { columns } from "../../ui/wrap.ts";

type Row = Readonly<Record<string, string>>;

export const LISTS = ["components", "steps", "addresses", "apps", "routes", "flows", "rules"] as const;
type ListName = (typeof LISTS)[number];

export async function list(session: Session): Promise<string> {
  const asked = session.argument ?? (isOn(session, "flows") ? "flows" : undefined);
  if (isOn(session, "mermaid")) return picture(asked, session);
  const names = asked === undefined ? (["components", "apps", "routes"] as const) : [listNamed(asked)];
  const lists = await Promise.all(names.map(async (name) => [name, await rowsOf(name, session)] as const));
  if (isOn(session, "json"))
    return JSON.stringify({ ok: true, command: "list", ...Object.fromEntries(lists) }, null, 2);
  return lists
    .map(([name, rows]) => [name, shown(name, rows)] as const)
    .map(([name, rows]) => (names.length > 1 ? `${name}\n${table(rows)}\n` : table(rows, "")))
    .join("\n");
}

/** For a page that a Git host shows. */
async function picture(asked: string | undefined, session: Session): Promise<string> {
  if (asked !== "flows")
    throw new UserError("--mermaid draws who may talk to whom and nothing else", "gen list flows --mermaid");
  const rows = await flows(session);
  if (isOn(session, "json")) return JSON.stringify({ ok: true, command: "list", mermaid: flowPicture(rows) }, null, 2);
  return ["```mermaid", ...flowPicture(rows), "```"].join("\n");
}

async function flows(session: Session): Promise<readonly FlowRow[]> {
  const { root, plan } = await openRepository(session);
  return flowRows(plan, rememberedApps(readState(root), plan));
}

function listNamed(text: string): ListName {
  const found = LISTS.find((name) => name === text);
  if (found !== undefined) return found;
  const near = suggest(text, LISTS);
  throw new UserError(
    `there is no list of ${text}`,
    near === undefined ? `lists: ${LISTS.join(", ")}` : `did you mean ${near}?`,
  );
}

/** Why something is allowed is for whoever reads the data: a table of so many columns would be read by nobody. */
const shown = (name: ListName, rows: readonly Row[]): readonly Row[] =>
  name === "flows"
    ? rows.map((row) => Object.fromEntries(Object.entries(row).filter(([key]) => key !== "because")))
    : rows;

const table = (rows: readonly Row[], indent = "  "): string =>
  rows.length === 0
    ? `${indent}none`
    : columns(
        rows.map((row) => Object.values(row)),
        indent,
      );

async function rowsOf(name: ListName, session: Session): Promise<readonly Row[]> {
  if (name === "rules") return session.rules.map(({ id, severity, title }) => ({ id, severity, title }));
  if (name === "flows") return flowTable(await flows(session)).map((row) => ({ ...row }));
  const { root, plan } = await openRepository(session);
  if (name === "components") {
    return plan.chosen.map(({ component: { id, title, summary }, name }) => ({
      id: name === undefined ? id : `${id} (${name})`,
      title,
      summary,
    }));
  }
  if (name === "addresses") {
    return [
      ...plan.addresses.claims
        .filter(({ sameAs }) => !sameAs)
        .map(({ ip, owner, note }) => ({ ip, owner, note: note ?? "" })),
      ...plan.networks.flatMap(({ name, cidrs }) =>
        cidrs.map(({ text }) => ({ ip: text, owner: name, note: "another network" })),
      ),
    ];
  }
  if (name === "steps") {
    const { units } = compose(plan, session.catalog, { specText: "", version: session.version });
    return units.map(({ id, namespace, dependsOn }) => ({ id, namespace, after: dependsOn.join(", ") }));
  }
  const apps = await findApps(root, session.catalog);
  if (name === "apps") {
    return apps.map((app) => ({
      app: `${app.namespace}/${app.name}`,
      services: app.services.map((service) => `${service.name}:${service.ports.join(",")}`).join(" "),
    }));
  }
  return apps.flatMap(({ routes }) =>
    routes.flatMap(({ hosts, asks, gateways, backends, path }) =>
      hosts.map((host) => ({
        host,
        asks: asks.join(", "),
        backend: backends.join(", "),
        gateway: gateways.join(", "),
        path,
      })),
    ),
  );
}
