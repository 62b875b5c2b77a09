/** What a route may ask for beside its name, as flags say it and as it is remembered. */
import { bits, familyOf, parseCidr, parseIp } from "../../src/model/address.ts";
import { UserError } from "../../src/model/errors.ts";
import type { Header, RouteOptions } from "../../src/model/routeOptions.ts";
import { isMap } from "../../src/model/unknown.ts";
import type { Flag, Session } from "../generator.ts";
import { parseAuth, spellAuth } from "./auth.ts";
import { refuseTogether } from "./together.ts";

export const ROUTE_FLAGS: readonly Flag[] = [
  { name: "path", value: "/PREFIX", summary: "only requests for this path and what is below it" },
  {
    name: "header",
    value: "NAME=VALUE",
    summary: "only requests that have this header, exactly so; may stand more than once, for all of them",
    repeated: true,
  },
  {
    name: "set-header",
    value: "NAME=VALUE",
    summary: "header that the app is sent, whatever the client says; may stand more than once",
    repeated: true,
  },
  {
    name: "timeout",
    value: "30s|0",
    summary: "how long a request may take, 0 for as long as it takes; in ingress-nginx how long nothing may be heard",
  },
  {
    name: "allow-from",
    value: "CIDR[,CIDR]",
    summary:
      "networks whose devices may ask, everybody else is refused; pods of the cluster are none of them by themselves",
  },
  {
    name: "auth",
    value: "forward=NS/NAME:PORT[/PATH]|forward=URL|oidc=ISSUER",
    summary:
      "who says whether somebody may: a service that is asked about each request, or an issuer people sign in at",
  },
  { name: "auth-client", value: "ID", summary: "with --auth oidc: what the issuer knows the app by" },
  { name: "sign-in", value: "URL", summary: "with --auth forward: where browsers are sent that may not" },
  { name: "grpc", summary: "the app speaks gRPC; websockets need no word, every gateway carries them" },
  {
    name: "tls",
    value: "passthrough",
    summary: "connections are handed on unopened: the app has the certificate",
    choices: ["passthrough"],
  },
];

/** By flag. */
export type OptionTexts = Readonly<Record<string, readonly string[]>>;

export const routeOptionsOf = (session: Session): RouteOptions => parseOptions(textsGiven(session));

/** A flag stands for all of what the environment says under its name. */
const textsGiven = ({ flags, environment }: Session): OptionTexts =>
  Object.fromEntries(
    ROUTE_FLAGS.flatMap(({ name }) => {
      const texts = flags.get(name) ?? environment.get(name);
      return texts === undefined ? [] : [[name, texts]];
    }),
  );

export function parseOptions(texts: OptionTexts): RouteOptions {
  const options = parsed(texts);
  refuseTogether(options);
  return options;
}

function parsed(texts: OptionTexts): RouteOptions {
  const [path, timeout] = ["path", "timeout"].map((flag) => texts[flag]?.at(-1));
  const [headers, setHeaders] = ["header", "set-header"].map((flag) => headersIn(flag, texts[flag] ?? []));
  const sources = texts["allow-from"];
  const wholePath = path === undefined ? undefined : parsePath(path);
  return {
    ...(wholePath !== undefined && wholePath !== "/" && { path: wholePath }),
    ...(headers !== undefined && { headers }),
    ...(setHeaders !== undefined && { setHeaders }),
    ...(timeout !== undefined && { timeout: parseTimeout(timeout) }),
    ...(sources !== undefined && { allowFrom: sources.flatMap(parseSources) }),
    ...parseAuth(texts),
    ...(texts["grpc"]?.at(-1) === "true" && { grpc: true as const }),
    ...(isPassthrough(texts["tls"]?.at(-1)) && { passthrough: true as const }),
  };
}

/** The same options as texts: what is remembered, and parsed again. */
export const spellOptions = (options: RouteOptions): OptionTexts => {
  const { path, headers, setHeaders, timeout, allowFrom, grpc, passthrough } = options;
  return {
    ...(path !== undefined && { path: [path] }),
    ...(headers !== undefined && { header: headers.map(spellHeader) }),
    ...(setHeaders !== undefined && { "set-header": setHeaders.map(spellHeader) }),
    ...(timeout !== undefined && { timeout: [spellTimeout(timeout)] }),
    ...(allowFrom !== undefined && { "allow-from": [allowFrom.join(",")] }),
    ...spellAuth(options),
    ...(grpc === true && { grpc: ["true"] }),
    ...(passthrough === true && { tls: ["passthrough"] }),
  };
};

/** What a record has of them: nothing in those of older versions. Undefined where nobody can tell what was meant. */
export function rememberedOptions(value: unknown): RouteOptions | undefined {
  if (value === undefined) return {};
  if (!isMap(value)) return undefined;
  const known = new Set(ROUTE_FLAGS.map(({ name }) => name));
  const isTold = Object.entries(value).every(
    ([name, texts]) => known.has(name) && Array.isArray(texts) && texts.every((text) => typeof text === "string"),
  );
  if (!isTold) return undefined;
  try {
    return parseOptions(value as OptionTexts);
  } catch (error) {
    if (error instanceof UserError) return undefined;
    throw error;
  }
}

// What the Gateway API takes for a prefix (gateway-api v1.6.1, HTTPPathMatch), less what means something in nginx, in a
// rule of Traefik or in a shell.
const PATH = /^\/[-A-Za-z0-9/._~]*$/;

function parsePath(text: string): string {
  const segments = text.split("/");
  if (PATH.test(text) && !text.includes("//") && !segments.includes(".") && !segments.includes(".."))
    return text === "/" ? text : text.replace(/\/$/, "");
  throw new UserError(
    `--path ${text} is no path that requests begin with`,
    "such as --path /api; letters, digits and -._~ between slashes",
  );
}

// RFC 9110 §5.1 and §5.5: names are tokens; values are visible characters with blanks between. Less the backtick, which
// holds texts in a rule of Traefik, and what begins an environment variable there.
const HEADER =
  /^([A-Za-z0-9!#%&'*+.^_|~-]{1,256})=([\x21-\x5f\x61-\x7e](?:[\x20-\x5f\x61-\x7e]*[\x21-\x5f\x61-\x7e])?)$/;

function headersIn(flag: string, texts: readonly string[]): readonly Header[] | undefined {
  if (texts.length === 0) return undefined;
  const headers = texts.map((text) => {
    const [, name, value] = HEADER.exec(text) ?? [];
    if (name !== undefined && value !== undefined) return { name, value };
    throw new UserError(`--${flag} ${text} is not NAME=VALUE`, `such as --${flag} X-Env=beta`);
  });
  const twice = headers.find(({ name }, index) =>
    headers.slice(0, index).some((other) => other.name.toLowerCase() === name.toLowerCase()),
  );
  if (twice === undefined) return headers;
  throw new UserError(`--${flag} names ${twice.name} twice`, "one value for each header");
}

const spellHeader = ({ name, value }: Header): string => `${name}=${value}`;

const UNITS: Readonly<Record<string, number>> = { s: 1, m: 60, h: 3600 };
/** A day: longer is as long as it takes. */
const LONGEST = 86_400;

function parseTimeout(text: string): number {
  const [, count, unit = "s"] = /^(\d{1,5})([smh])?$/.exec(text) ?? [];
  const seconds = Number(count) * (UNITS[unit] ?? 1);
  if (count !== undefined && seconds <= LONGEST) return seconds;
  throw new UserError(
    `--timeout ${text} is no time a request may take`,
    "such as 30s, 5m or 2h; 0 for as long as it takes",
  );
}

const spellTimeout = (seconds: number): string => (seconds === 0 ? "0" : `${seconds}s`);

/** An address stands for itself. Each once, in the order they are written. */
const parseSources = (text: string): readonly string[] => [
  ...new Set(
    text.split(",").map((part) => {
      const written = part.trim();
      const ip = parseIp(written);
      const cidr = parseCidr(ip === undefined ? written : `${ip}/${bits(familyOf(ip))}`);
      if (cidr !== undefined && !cidr.hostBits) return cidr.text;
      throw new UserError(
        `--allow-from ${text}: ${written === "" ? "nothing" : written} is no network`,
        cidr === undefined ? "such as 192.168.1.0/24, or the address of one device" : `the network is ${cidr.text}`,
      );
    }),
  ),
];

function isPassthrough(text: string | undefined): boolean {
  if (text === undefined || text === "passthrough") return text !== undefined;
  throw new UserError(`--tls ${text} is no way to treat connections`, "--tls passthrough, or leave it out");
}
