/** A route into a closed namespace: the gateway has to be let in, or its requests end nowhere. */
import type { NewApp } from "../../src/compose/newApp/app.ts";
import { flowsOf } from "../../src/compose/newApp/flows.ts";
import { isClosed } from "../../src/model/passages.ts";
import { findApps } from "../../src/repo/apps.ts";
import type { State } from "../../src/repo/state.ts";
import { entryOf, isSame, withEntries } from "../allow/entries.ts";
import { partyText } from "../allow/party.ts";
import type { Session } from "../generator.ts";
import { rememberedAt } from "../rememberedApp.ts";
import type { RouteInput } from "./addRoute.ts";

export interface LetIn {
  /** homelab.yaml with the gateway let in. */
  readonly text: string;
  /** What only the user can say. */
  readonly steps: readonly string[];
}

/** `text` as it is where the namespace is open, or the policy of the app lets gateways in already. */
export async function letIn(
  text: string,
  { root, plan, backend }: RouteInput,
  state: State,
  session: Session,
): Promise<LetIn> {
  const { namespace, name } = backend.app;
  if (!isClosed(namespace, plan)) return { text, steps: [] };
  const app = rememberedAt({ namespace, name }, state, plan);
  const port = app === undefined ? undefined : podPort(app, backend.port);
  if (app === undefined || port === undefined)
    return {
      text,
      steps: [
        `${namespace} is closed: \`gen allow gateway ${namespace}/LABEL=VALUE:PORT\`, with a label and the port of the pods that answer`,
      ],
    };
  const isLet = flowsOf(app).some(
    ({ from, ports }) => from.includes("gateway") && ports.some((one) => one.port === port),
  );
  if (isLet) return { text, steps: [] };
  const around = { plan, apps: await findApps(root, session.catalog), state };
  const entry = { from: "gateway", to: partyText(`${namespace}/${name}`, around), ports: [String(port)] };
  const entries = plan.policies.allowed.map(entryOf);
  if (entries.some((other) => isSame(other, entry))) return { text, steps: [] };
  return { text: withEntries(text, [...entries, entry], session.catalog), steps: [] };
}

function podPort({ source }: NewApp, ofService: number): number | undefined {
  if (source.kind === "machine") return undefined;
  return source.kind === "chart" ? (source.podPort ?? ofService) : source.container.port;
}
