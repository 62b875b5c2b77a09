/** What stands on the command line for one end: pods of an app are looked up, so that a policy selects the right ones. */
import type { NewApp } from "../../src/compose/newApp/app.ts";
import { manifestLabels } from "../../src/compose/newApp/manifests.ts";
import { readParty, readPodPort } from "../../src/fields/readParty.ts";
import { UserError } from "../../src/model/errors.ts";
import { appOf } from "../../src/model/layout.ts";
import type { Party, PodPort } from "../../src/model/policies.ts";
import type { Plan } from "../../src/model/plan.ts";
import { suggest } from "../../src/model/suggest.ts";
import { flowsIn } from "../../src/plan/units.ts";
import type { FoundApp } from "../../src/repo/apps.ts";
import type { State } from "../../src/repo/state.ts";
import { accepted } from "../askChecked.ts";
import { rememberedAt } from "../rememberedApp.ts";

export interface Around {
  readonly plan: Plan;
  readonly apps: readonly FoundApp[];
  readonly state: State;
}

const PORTS = /^(.+):(\d{1,5}(?:\/(?:tcp|udp))?(?:,\d{1,5}(?:\/(?:tcp|udp))?)*)$/i;

export interface Target {
  readonly text: string;
  readonly ports: readonly string[];
}

/** `databases/postgres:5432,53/udp`. An IPv6 address that ports follow stands in brackets. */
export function parseTarget(text: string): Target {
  const whole = readParty(text);
  if ("value" in whole && whole.value.kind === "network") return { text, ports: [] };
  const [, party = text, ports] = PORTS.exec(text) ?? [];
  const listed = ports?.split(",") ?? [];
  for (const port of listed) accepted(readPodPort(port));
  return {
    text: party.replace(/^\[(.*)\]$/, "$1"),
    ports: listed.map((port) => port.toLowerCase().replace("/tcp", "")),
  };
}

/** As homelab.yaml has it. Throws UserError where no such app is there. */
export function partyText(written: string, around: Around): string {
  const party = accepted(readParty(written.trim()));
  if (party.kind !== "pods" || !isAppName(party)) return party.text;
  const { namespace } = party.pods;
  const name = party.text.slice(namespace.length + 1);
  if (!around.apps.some((app) => app.namespace === namespace && app.name === name)) throw noApp(party.text, around);
  return podsText({ namespace, name }, labelsOf(name, namespace, around));
}

/** Pods of an app as homelab.yaml has them, by their labels where its name alone does not select them. */
export function podsText(
  { namespace, name }: { readonly namespace: string; readonly name: string },
  labels: Readonly<Record<string, string>>,
): string {
  const usual = labels["app.kubernetes.io/name"] === name && isUsual(labels, name);
  return `${namespace}/${usual ? name : pairs(labels)}`;
}

/** What labels the pods of an app have that is added. */
export const labelsOfApp = ({ name, source }: NewApp): Readonly<Record<string, string>> =>
  source.kind === "chart" ? source.selector : manifestLabels(name);

const isAppName = ({ text }: Party): boolean => !text.includes("=") && !text.endsWith("/*");

/** Apps of `gen add-app` have their name in two labels; one of them is enough to know them by. */
const isUsual = (labels: Readonly<Record<string, string>>, name: string): boolean =>
  Object.entries(labels).every(([key, value]) => (manifestLabels(name) as Record<string, string>)[key] === value);

const pairs = (labels: Readonly<Record<string, string>>): string =>
  Object.entries(labels)
    .map(([key, value]) => `${key}=${value}`)
    .join(",");

function labelsOf(name: string, namespace: string, { plan, state }: Around): Readonly<Record<string, string>> {
  const app = rememberedAt({ namespace, name }, state, plan);
  const own = app === undefined ? {} : labelsOfApp(app);
  if (Object.keys(own).length > 0) return own;
  const flows = flowsIn(plan).filter((flow) => flow.namespace === namespace && appOf({ id: flow.unit }) === name);
  const found = [...new Map(flows.map(({ to }) => [pairs(to), to])).values()];
  const [only, ...others] = found;
  if (only !== undefined && others.length === 0) return only;
  const shown = found.map((labels) => `${namespace}/${pairs(labels)}`);
  throw new UserError(
    shown.length === 0
      ? `nobody knows the labels of the pods of ${namespace}/${name}`
      : `${namespace}/${name} has several kinds of pods`,
    shown.length === 0
      ? `name one: ${namespace}/LABEL=VALUE, as \`kubectl -n ${namespace} get pods --show-labels\` shows them`
      : `one of ${shown.join(" or ")}`,
  );
}

function noApp(text: string, { apps }: Around): UserError {
  const names = apps.map(({ namespace, name }) => `${namespace}/${name}`);
  const near = suggest(text, names);
  return new UserError(
    `there is no app ${text} in this repository`,
    near === undefined
      ? "gen list apps shows them; NAMESPACE/LABEL=VALUE names pods of no app"
      : `did you mean ${near}?`,
  );
}

/** Ports as homelab.yaml has them: a number where it is one. */
export const portValues = (ports: readonly string[]): readonly (string | number)[] =>
  ports.map((port) => (/^\d+$/.test(port) ? Number(port) : port));

export const portText = ({ port, protocol }: PodPort): string => (protocol === "TCP" ? `${port}` : `${port}/udp`);
