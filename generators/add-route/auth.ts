/** Who says whether somebody may ask: `--auth`, and what goes with it. */
import { UserError } from "../../src/model/errors.ts";
import type { Hostname } from "../../src/model/names.ts";
import { authService, callback, clientSecret, type RouteOptions } from "../../src/model/routeOptions.ts";
import { suggest } from "../../src/model/suggest.ts";
import type { FoundApp } from "../../src/repo/apps.ts";
import type { OptionTexts } from "./options.ts";

type Auth = Pick<RouteOptions, "forwardAuth" | "signIn" | "oidc">;

const HOW = "forward=NAMESPACE/NAME:PORT[/PATH], forward=URL or oidc=ISSUER";

export function parseAuth(texts: OptionTexts): Auth {
  const [auth, client, signIn] = ["auth", "auth-client", "sign-in"].map((flag) => texts[flag]?.at(-1));
  const [, way, value = ""] = auth === undefined ? [] : (/^(forward|oidc)=(.+)$/.exec(auth) ?? ["", "", ""]);
  if (way !== "forward" && signIn !== undefined)
    throw new UserError("--sign-in is about --auth forward", "give --auth forward=…, or leave it out");
  if (way !== "oidc" && client !== undefined)
    throw new UserError("--auth-client is about --auth oidc", "give --auth oidc=ISSUER, or leave it out");
  if (way === undefined) return {};
  if (way === "oidc") return { oidc: { issuer: issuerIn(value), client: clientIn(client) } };
  if (way !== "forward") throw new UserError(`--auth ${auth ?? ""} is neither a service nor an issuer`, HOW);
  return { forwardAuth: { url: urlOf(value) }, ...(signIn !== undefined && { signIn: pageIn(signIn) }) };
}

export const spellAuth = ({ forwardAuth, signIn, oidc }: RouteOptions): OptionTexts => ({
  ...(forwardAuth !== undefined && { auth: [`forward=${forwardAuth.url}`] }),
  ...(signIn !== undefined && { "sign-in": [signIn] }),
  ...(oidc !== undefined && { auth: [`oidc=${oidc.issuer}`], "auth-client": [oidc.client] }),
});

/** A Service by its namespace and name stands for its URL in the cluster. */
function urlOf(text: string): string {
  const [, namespace, name, rest] = /^([a-z0-9-]+)\/([a-z0-9-]+)(:\d{1,5}(?:\/.*)?)$/.exec(text) ?? [];
  const url = name === undefined ? text : `http://${name}.${namespace}.svc.cluster.local${rest}`;
  if (authService(url) !== undefined) return url;
  throw new UserError(`--auth forward=${text} is no service that could be asked`, HOW);
}

function issuerIn(text: string): string {
  if (authService(text)?.scheme === "https") return text;
  throw new UserError(`--auth oidc=${text} is no issuer`, "such as --auth oidc=https://auth.example.com");
}

function clientIn(text: string | undefined): string {
  if (text !== undefined && /^[\x21-\x7e]{1,255}$/.test(text)) return text;
  throw new UserError(
    text === undefined ? "--auth oidc needs what the issuer knows the app by" : `--auth-client ${text} is no client`,
    "--auth-client ID, as the issuer gave it out; its secret is asked for nowhere here",
  );
}

// What an annotation of ingress-nginx takes (controller-v1.15.1, annotations/parser/validators.go, URLIsValidRegex).
function pageIn(text: string): string {
  if (/^https?:\/\/[-A-Za-z0-9._~:/?&=,]+$/.test(text)) return text;
  throw new UserError(`--sign-in ${text} is no page`, "such as --sign-in https://auth.example.com");
}

/** A Service of the cluster that no file shows would let nobody pass. */
export function refuseUnknownService({ forwardAuth }: RouteOptions, apps: readonly FoundApp[]): void {
  const service = forwardAuth && authService(forwardAuth.url)?.service;
  if (service === undefined || askedApp(service, apps) !== undefined) return;
  const names = apps.filter(({ namespace }) => namespace === service.namespace).map(({ name }) => name);
  const near = suggest(service.name, names);
  throw new UserError(
    `no app under kubernetes/apps/${service.namespace} has a Service ${service.name}: everybody would be refused`,
    near === undefined ? "gen add-app adds what is asked, before it is asked" : `did you mean ${near}?`,
  );
}

/** Charts call their Services after the release, with or without more behind it. */
const askedApp = (
  { name, namespace }: { readonly name: string; readonly namespace: string },
  apps: readonly FoundApp[],
): FoundApp | undefined =>
  apps.find(
    (app) =>
      app.namespace === namespace &&
      (app.services.some((one) => one.name === name) || app.name === name || name.startsWith(`${app.name}-`)),
  );

/** What is left for people to do. `route`: the name of its object. */
export function authSteps(
  { host, ...options }: RouteOptions & { readonly host: Hostname },
  { name, namespace }: { readonly name: string; readonly namespace: string },
): readonly string[] {
  if (options.oidc === undefined) return [];
  const { issuer, client } = options.oidc;
  const secret = clientSecret(name);
  return [
    `tell ${issuer} that ${client} sends people back to ${callback(host, options.path)}`,
    `give the cluster its secret: read -rs S && printf %s "$S" | kubectl -n ${namespace} create secret generic ${secret.name} --from-file=${secret.key}=/dev/stdin`,
  ];
}

/** Lines of the summary. */
export const authLines = ({ forwardAuth, signIn, oidc }: RouteOptions): readonly string[] => [
  ...(forwardAuth === undefined ? [] : [`only what ${forwardAuth.url} lets pass`]),
  ...(signIn === undefined ? [] : [`browsers that may not are sent to ${signIn}`]),
  ...(oidc === undefined ? [] : [`only who has signed in at ${oidc.issuer}`]),
];
