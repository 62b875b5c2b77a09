/** The house as data: which room may import what. docs/architecture.md says why. */

/** From the street inwards: a room imports rooms of later rows only. Rooms of one row do not know each other. */
export const ROWS: readonly (readonly string[])[] = [
  ["plopfile"],
  ["cli"],
  ["plop"],
  ["generators"],
  ["ui", "repo", "tools", "sealing"],
  ["probes"],
  ["audit", "compose"],
  ["rules"],
  ["plan"],
  ["spec"],
  ["catalog", "engines", "platforms", "routers"],
  ["fields", "render", "tree"],
  ["yaml"],
  ["model"],
];

/** Same input, same output, wherever and whenever it runs. */
export const PURE: ReadonlySet<string> = new Set(ROWS.slice(ROWS.findIndex((row) => row.includes("probes"))).flat());

export interface PackageRule {
  /** Files or folders that may import it. */
  readonly values: readonly string[];
  /** Files or folders that may import its types. */
  readonly types?: readonly string[];
}

/** Every package the program is made of, and who may import it. Any other package is refused. */
export const PACKAGES: Readonly<Record<string, PackageRule>> = {
  yaml: { values: ["src/yaml/"] },
  "ip-address": { values: ["src/model/address.ts"] },
  handlebars: { values: ["src/render/compile/"], types: ["src/render/"] },
  "handlebars/runtime": { values: ["src/render/"] },
  "handlebars/runtime.js": { values: ["src/render/"] },
  "node-diff3": { values: ["src/tree/"] },
  diff: { values: ["src/ui/"] },
  zod: { values: ["src/catalog/", "src/fields/", "src/platforms/", "src/spec/"], types: ["src/model/"] },
  "node-plop": { values: ["src/plop/"], types: ["plopfile.ts"] },
  "@inquirer/prompts": { values: ["src/ui/"] },
  "simple-git": { values: ["src/tools/"] },
  execa: { values: ["src/tools/"] },
  "age-encryption": { values: ["src/sealing/"] },
};

/** Built-in modules that reach out of the process. The others are free, but not for pure rooms. */
export const BUILTINS: Readonly<Record<string, PackageRule>> = {
  "node:fs": { values: ["src/repo/"] },
  "node:fs/promises": { values: ["src/repo/"] },
  "node:child_process": { values: ["src/tools/"] },
  ...Object.fromEntries(
    ["dgram", "dns", "dns/promises", "net"].map((name) => [`node:${name}`, { values: ["src/tools/outside/"] }]),
  ),
  ...Object.fromEntries(["http", "http2", "https", "tls"].map((name) => [`node:${name}`, { values: [] }])),
};

/** Built-in modules that compute and nothing else. */
export const BUILTINS_FOR_PURE: ReadonlySet<string> = new Set(["node:path/posix", "node:util"]);
