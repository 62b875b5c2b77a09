/** Ends of what is allowed, and ports of pods, as `policies.allow` has them. */
import { parseIp } from "../model/address.ts";
import { parseLabel } from "../model/names.ts";
import { PARTY_WORDS, type Party, type PodPort } from "../model/policies.ts";
import { suggest } from "../model/suggest.ts";
import { quote } from "./quote.ts";
import { readCidr } from "./readAddress.ts";
import { accept, refuse, type Outcome } from "./refusal.ts";

const FORMS = `NAMESPACE/APP, NAMESPACE/*, NAMESPACE/LABEL=VALUE, an address or network, or ${PARTY_WORDS.join(", ")}`;

/** `media/jellyfin`, `media/*`, `media/app=web,tier=db`, `10.0.0.5`, `10.0.0.0/24`, `internet`. */
export function readParty(text: string): Outcome<Party> {
  const word = PARTY_WORDS.find((one) => one === text);
  if (word !== undefined) return accept({ kind: "word", text: word });
  const [first = "", ...rest] = text.split("/");
  if (/[.:]/.test(first)) return readNetwork(text);
  const selected = rest.join("/");
  const namespace = parseLabel(first);
  if (rest.length === 0) {
    const near = suggest(text, PARTY_WORDS);
    return refuse(`${quote(text)} names a namespace at most, and not whose pods`, {
      fix: near === undefined ? `write ${namespace ?? "NAMESPACE"}/* for all of its pods; or ${FORMS}` : `${near}?`,
    });
  }
  const labels = selected === "*" ? {} : labelsIn(selected);
  if (namespace === undefined || labels === undefined)
    return refuse(`${quote(text)} says neither pods nor an address`, { fix: FORMS });
  return accept({ kind: "pods", text, pods: { namespace, labels } });
}

/** An address stands for itself alone. */
function readNetwork(text: string): Outcome<Party> {
  const ip = parseIp(text);
  const reading = readCidr(ip === undefined ? text : `${ip}/${ip.includes(":") ? 128 : 32}`);
  return "value" in reading ? accept({ kind: "network", text, cidr: reading.value }) : reading;
}

// Kubernetes documentation, Labels and Selectors, Syntax and character set.
const KEY = /^([a-z0-9]([-a-z0-9.]{0,251}[a-z0-9])?\/)?[A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?$/;
const VALUE = /^[A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?$/;

/** One word is the name that Helm charts and apps of `gen add-app` give their pods (Kubernetes, Recommended Labels). */
function labelsIn(text: string): Readonly<Record<string, string>> | undefined {
  if (parseLabel(text) !== undefined) return { "app.kubernetes.io/name": text };
  const pairs = text.split(",").map((pair) => pair.split("="));
  const isPair = ([key = "", value = "", ...more]: readonly string[]): boolean =>
    more.length === 0 && KEY.test(key) && VALUE.test(value);
  const keys = pairs.map(([key]) => key);
  return pairs.every(isPair) && new Set(keys).size === keys.length
    ? (Object.fromEntries(pairs) as Record<string, string>)
    : undefined;
}

/** `5432`, `53/udp`: TCP where nothing else is said. */
export function readPodPort(text: string): Outcome<PodPort> {
  const [, digits = "", protocol = "tcp"] = /^([0-9]{1,5})(?:\/(tcp|udp))?$/i.exec(text) ?? [];
  const port = Number(digits);
  if (digits === "" || port < 1 || port > 65_535)
    return refuse(`${quote(text)} is not a port of a pod`, { fix: "1 to 65535, such as 5432, or 53/udp" });
  return accept({ port, protocol: protocol.toUpperCase() as PodPort["protocol"] });
}
