/** The keys of homelab.yaml that every network has, whatever the catalog offers. */
import { z } from "zod";
import type { Catalog } from "../model/component.ts";
import type { Platform } from "../model/platform.ts";
import {
  branchField,
  cidrsField,
  folderField,
  hostnameField,
  ipsField,
  labelField,
  minorField,
  repositoryUrlField,
} from "../fields/fields.ts";
import { pinOf } from "../model/pins.ts";
import { minorOf } from "../model/version.ts";
import { bgp } from "./bgp.ts";
import { lan } from "./lan.ts";
import { networks } from "./networks.ts";
import { policies } from "./policies.ts";
import { quote } from "../fields/quote.ts";

interface Offered {
  readonly id: string;
  readonly title: string;
  readonly summary: string;
}

/** What a choice is about, and each position of it with its clause. */
const offer = (what: string, choices: readonly Offered[]): string =>
  [what, ...choices.map(({ id, title, summary }) => `${id}: ${title}, ${summary}`)].join("\n");

const idsOf = (choices: readonly Offered[]) => choices.map(({ id }) => id) as [string, ...string[]];

const platformsOf = (catalog: Catalog, role: Platform["role"]): readonly Platform[] =>
  catalog.platforms.filter((platform) => platform.role === role);

const domains = z
  .array(hostnameField())
  .min(1)
  .superRefine((all, context) => {
    all.forEach((domain, index) => {
      if (all.indexOf(domain) < index)
        context.addIssue({
          code: "custom",
          path: [index],
          message: `${quote(domain)} stands here twice`,
          params: { fix: "leave one out" },
        });
    });
  })
  .meta({
    description: "domains whose names the cluster answers to, the most used first",
    kind: "a list of host names",
    example: ["ragas.cc"],
  });

const repository = z.strictObject({
  url: repositoryUrlField({
    description: "where this repository is pushed to and the cluster reads it from",
    example: "https://github.com/me/homelab.git",
  }),
  private: z.boolean().default(false).meta({
    description: "whether reading it over https takes a token; over ssh it always takes a key",
    because: "what is public needs no secret to be read",
  }),
  branch: branchField({
    description: "branch the cluster follows",
    example: "main",
    because: "it is the branch a new repository begins with",
  }).prefault("main"),
  path: folderField({
    description: "folder everything lies in, when the repository holds more than this network",
    because: "the network has the repository to itself",
    example: "clusters/home",
  }).prefault(""),
});

const ruleId = z.string().regex(/^[A-Z][A-Z0-9]*(-[A-Z0-9]+)+$/, "expected a rule id, such as LB-POOL-DHCP");

const silence = z
  .record(ruleId, z.string().trim().min(1).meta({ kind: "a reason", description: "why you live with it" }))
  .prefault({})
  .meta({
    description: "findings you have decided to live with: the id of the rule and your reason",
    kind: "a map of reasons",
    layout: "lines",
    because: "no rule is silenced",
  });

/** Top-level keys in the order of a new file; `cluster` and the slots come between `lan` and `silence`. */
export const coreKeys = () => ({
  version: z
    .literal(1, "expected version 1, the only one this program reads")
    .meta({ description: "version of the format of this file", example: 1 }),
  // The chart of Cilium fails on a cluster.name of more than 32 characters.
  name: labelField({ longest: 32, description: "name of the network and its cluster", example: "home" }),
  domains,
  repository: repository
    .prefault({} as never)
    .meta({ description: "the Git repository of this network", layout: "line" }),
  lan: lan.prefault({} as never).meta({ description: "the network your machines are in" }),
  networks,
  bgp,
  policies,
  silence,
});

/** Keys of every node, whatever it runs on. */
export const nodeKeys = {
  ip: ipsField({ description: "its address in the LAN", example: "192.168.1.50" }),
  role: z.enum(["control-plane", "worker"]).meta({
    description: "control-plane: runs the Kubernetes API and etcd\nworker: runs only apps",
    example: "control-plane",
  }),
};

/** Keys of every node that its neighbours may share. */
export const machineKeys = {
  arch: z.enum(["amd64", "arm64"]).optional().meta({
    description:
      "kind of its processor, where the hardware does not say: amd64: Intel and AMD, which is meant without it\narm64: boards and Apple",
    example: "arm64",
  }),
  gpu: z.enum(["nvidia", "intel", "amd"]).optional().meta({
    description: "maker of a graphics card in it that apps calculate with; only pods that ask for it run there then",
    example: "nvidia",
  }),
};

/** Minor versions that the distributions, or the one that was chosen, can install. */
function minorsOf(catalog: Catalog, distribution?: Platform): readonly string[] {
  const offering = distribution === undefined ? platformsOf(catalog, "distribution") : [distribution];
  const pins = offering.flatMap(({ kubernetes = [] }) => kubernetes);
  return [...new Set(pins.map((id) => minorOf(pinOf(catalog.pins, id).version)))];
}

/** Asked for where no distribution names a version to begin with. */
function kubernetesKey(minors: readonly string[]) {
  const [newest] = minors;
  const field = minorField({
    description: `minor version of Kubernetes the cluster is installed with: ${minors.join(" or ")}`,
    example: newest,
    because: "it is the newest that everything here was tried with",
  });
  return newest === undefined ? field : field.prefault(newest);
}

export const clusterKeys = (catalog: Catalog, distribution?: Platform) => ({
  distribution: z
    .enum(idsOf(platformsOf(catalog, "distribution")))
    .meta({ description: offer("what runs Kubernetes", platformsOf(catalog, "distribution")) }),
  hardware: z
    .enum(idsOf(platformsOf(catalog, "hardware")))
    .meta({ description: offer("what the nodes are", platformsOf(catalog, "hardware")) }),
  kubernetes: kubernetesKey(minorsOf(catalog, distribution)),
  pods: cidrsField({
    description: "network of the pods; cannot change once the cluster runs",
    example: "10.42.0.0/16",
    because: "it has room for 256 nodes, and few home networks use it",
  }).prefault("10.42.0.0/16"),
  services: cidrsField({
    description: "network of the Services; cannot change once the cluster runs",
    example: "10.43.0.0/16",
    because: "it lies beside the network of the pods, and few home networks use it",
  }).prefault("10.43.0.0/16"),
});
