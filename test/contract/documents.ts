/** What can be wrong with a page of an emitted repository, and the findings that say so. */
import type { Program } from "../../src/cli/program.ts";
import type { Emitted } from "../fixtures/emitted.ts";
import { codeOf, commandsOf, fencesOf, linksOf, proseOf, urlsOf } from "../support/markdown.ts";
import { complaintsAbout } from "../support/mermaid.ts";

/** Programs that people have, or that the command before brought. */
const KNOWN_TOOLS = new Set(
  "apt-get arp base64 dnsmasq nft xz cloudflared cp kubeadm ssh ssh-keygen systemctl journalctl curl dig export git grep ip mise mkdir npx openssl pveum python3 read ssh-keyscan sudo vtysh tailscale consul echo kubeseal scp ubuntu-drivers vault".split(
    " ",
  ),
);

/** Files that a step of the pages makes. */
const MADE = new Set([
  "bootstrap/secrets.sh",
  "talos/secrets.yaml",
  "k3s/token",
  "bootstrap/sealing.key",
  "bootstrap/sealing.crt",
  "k3s-uninstall.sh",
  "k3s-agent-uninstall.sh",
  "talos/rendered",
  "talos/rendered/nodes",
  "talos/snapshots",
  "infrastructure/proxmox/terraform.tfstate",
]);

/** Looked at by hand, in the documentation of each project. */
const KNOWN_URLS = [
  "https://docs.k3s.io/installation/requirements#networking",
  "https://docs.frrouting.org",
  "https://docs.renovatebot.com",
  "https://docs.renovatebot.com/getting-started/running/",
  "https://docs.nvidia.com/datacenter/cloud-native/container-toolkit/latest/install-guide.html",
  "https://factory.talos.dev/schematics",
  "https://github.com/apps/renovate",
  "https://just.systems",
  "https://docs.k3s.io/installation/requirements#networking",
  "https://login.tailscale.com/admin",
  "https://kubernetes.io/blog/2025/11/11/ingress-nginx-retirement/",
  "https://mise.jdx.dev",
  "https://opentofu.org",
  "https://pve.proxmox.com/wiki/PCI_Passthrough",
  "https://tailscale.com/download",
  "https://vault.bitwarden.com",
  "http://localhost:12000",
  "http://localhost:8081",
  "http://localhost:3100/loki/api/v1/query_range",
];

export interface Page {
  readonly path: string;
  readonly content: string;
}

export const pagesOf = ({ tree }: Emitted): readonly Page[] =>
  [...tree].filter(([path]) => path.endsWith(".md")).map(([path, { content }]) => ({ path, content }));

export const brokenLinks = ({ path, content }: Page, { tree }: Emitted): readonly string[] =>
  linksOf(content)
    .filter((target) => !/^https?:/.test(target))
    .filter((target) => {
      const folder = path.slice(0, path.lastIndexOf("/") + 1);
      return !(tree as ReadonlyMap<string, unknown>).has(
        new URL(target.split("#")[0] ?? "", `file:///${folder}`).pathname.slice(1),
      );
    });

export const unknownUrls = ({ content }: Page, { plan }: Emitted): readonly string[] => {
  const api = `https://${plan.cluster.api.address}:${plan.cluster.api.port}`;
  const own = [plan.repository.url, api, `${api}/version`];
  // HAProxy counts what it does, node-exporter what the machine does.
  const isMetrics = (url: string): boolean =>
    plan.lan.hosts.some(({ ip }) => [8405, 9100].some((port) => url === `http://${ip}:${port}/metrics`));
  const isApiServer = (url: string): boolean => plan.nodes.some(({ ip }) => url === `https://${ip}:6443`);
  const isMember = (url: string): boolean => plan.nodes.some(({ ip }) => url === `https://${ip}:2380`);
  const isHypervisor = (url: string): boolean => plan.lan.hosts.some(({ ip }) => url === `https://${ip}:8006/`);
  const isAuthority = (url: string): boolean =>
    plan.lan.hosts.some(({ ip }) =>
      [":9000", ":443"].some((port) => url.replace(/\/health$/, "") === `https://${ip}${port}`),
    );
  // What somebody has said of a server stands on its page.
  const isTold = (url: string): boolean =>
    plan.chosen.some(({ options }) => Object.values(options as object).includes(url));
  const isConsul = (url: string): boolean =>
    /^https?:\/\/(server\.[a-z0-9_-]+\.consul|[\d.]+):850[01]\/v1\/catalog\/deregister$/.test(url);
  // A Service with an address, which speaks http where nothing stands before it.
  const isService = (url: string): boolean =>
    plan.addresses.claims.some(
      ({ ip, role }) => role === "service" && [`http://${ip}`, `http://[${ip}]`].includes(url),
    );
  const isOwnName = (url: string): boolean =>
    plan.domains.some((domain) => new URL(url).hostname.endsWith(`.${domain}`));
  const isImage = (url: string): boolean =>
    /^https:\/\/factory\.talos\.dev\/image\/[0-9a-f]{64}\/v[\d.]+\/metal-(amd64|arm64)(-secureboot)?\.(iso|raw\.xz)$/.test(
      url,
    );
  return urlsOf(content).filter(
    (url) =>
      ![...KNOWN_URLS, ...own].includes(url) &&
      !isTold(url) &&
      !isConsul(url) &&
      !isOwnName(url) &&
      !isService(url) &&
      !isImage(url) &&
      !isHypervisor(url) &&
      !isApiServer(url) &&
      !isMember(url) &&
      !isMetrics(url) &&
      !isAuthority(url),
  );
};

/** Paths below a folder of the repository, without a word that stands for something else. */
export function missingFiles({ content }: Page, { tree, prefix }: Emitted): readonly string[] {
  const paths = [...tree.keys()].filter((path) => path.startsWith(prefix)).map((path) => path.slice(prefix.length));
  const tops = new Set(paths.filter((path) => path.includes("/")).map((path) => path.split("/")[0]));
  const named = codeOf(content)
    .flatMap((code) => code.match(/(?<![\w/.:@-])\.?[\w-]+(?:\/[\w.-]+)+\/?/g) ?? [])
    .map((path) => path.replace(/\/$/, ""))
    .filter((path) => tops.has(path.split("/")[0]) && !/[A-Z]{2}/.test(path));
  return named.filter((path) => !MADE.has(path) && !paths.some((file) => file === path || file.startsWith(`${path}/`)));
}

/** Commands whose program, sub-command, flag or step does not exist. */
export function unknownCommands({ content }: Page, emitted: Emitted, program: Program): readonly string[] {
  return commandsOf(content)
    .filter((words) => !isKnown(words, emitted, program))
    .map((words) => words.join(" "));
}

function isKnown([first = "", ...rest]: readonly string[], emitted: Emitted, program: Program): boolean {
  if (first === "npx")
    return rest[0]?.startsWith("create-homelab-net@") === true && isKnown(rest.slice(1), emitted, program);
  if (first === "mise" && rest[0] === "exec") return isKnown(rest.slice(2), emitted, program);
  if (first === "gen") return isOurs(rest, program);
  if (first.endsWith(".sh")) return isStep(first, rest, emitted);
  if (first === "just") return isRecipe(rest[0] ?? "default", emitted);
  return KNOWN_TOOLS.has(first) || toolsOf(emitted).has(first);
}

function isOurs([name, ...words]: readonly string[], { commands }: Program): boolean {
  const command = commands.find((candidate) => candidate.name === name);
  const flags = words.filter((word) => word.startsWith("--")).map((word) => word.slice(2));
  return command !== undefined && flags.every((flag) => command.flags.some((known) => known.name === flag));
}

function isStep(script: string, words: readonly string[], { tree, prefix }: Emitted): boolean {
  const source = (tree as ReadonlyMap<string, { content: string }>).get(`${prefix}${script}`)?.content;
  if (source === undefined) return MADE.has(script);
  const isOne = (word: string) => new RegExp(`^(?:step_${word}\\(\\)|begin \\S+ ${word} )`, "m").test(source);
  // What a step takes stands in capitals at the top of its script.
  const takesWords = words[0] !== undefined && new RegExp(`^#   ${script} ${words[0]} [A-Z]`, "m").test(source);
  // Or it has no steps at all, and takes words of people.
  if (new RegExp(`^#   ${script} [A-Z]{2}`, "m").test(source)) return true;
  return words.filter((word) => !word.startsWith(">")).every((word, index) => isOne(word) || (index > 0 && takesWords));
}

const isRecipe = (name: string, { tree, prefix }: Emitted): boolean =>
  [...tree].some(
    ([path, { content }]) =>
      (path === `${prefix}justfile` || path.endsWith(".just")) && new RegExp(`^${name}(?: [^:]*)?:`, "m").test(content),
  );

/** What `mise install` brings; OpenTofu's program has another name. */
function toolsOf({ tree, prefix }: Emitted): ReadonlySet<string> {
  const config = (tree as ReadonlyMap<string, { content: string }>).get(`${prefix}.mise/config.toml`)?.content ?? "";
  const names = [...config.matchAll(/^"?([\w-]+)"? = /gm)].map(([, name = ""]) => name);
  return new Set([...names, ...(names.includes("opentofu") ? ["tofu"] : [])]);
}

/** Words and commands that are too long by themselves cannot be helped: the address of an image. */
export const wideLines = ({ content }: Page): readonly string[] =>
  proseOf(content)
    .split("\n")
    .filter((line) => line.length > 120 && !/\S{100}|`[^`]{80,}`/.test(line));

export const badPictures = ({ content }: Page): readonly string[] =>
  fencesOf(content, "mermaid").flatMap(({ lines }) => complaintsAbout(lines));
