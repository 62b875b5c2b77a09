// Tests with a control plane: builds etcd, kube-apiserver, controllers of Flux and external-dns once, then runs every
// *.cluster.test.ts.
// `npm run test:cluster`; what is written after `--` goes to vitest: a file named
// there is run instead of all of them.
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { resolve } from "node:path";
import { fileURLToPath } from "node:url";
import {
  buildControlPlane,
  buildExternalDns,
  buildFluxControllers,
  controlPlane,
  fluxControllers,
} from "./goTools.mjs";
import { nameServer } from "./tools.mjs";

const CHECKOUT = resolve(fileURLToPath(import.meta.url), "../..");

function componentsBeside() {
  const beside = resolve(CHECKOUT, "../shared/components");
  if (existsSync(beside)) return beside;
  throw new Error(`HOMELAB_NET_COMPONENTS is not set and ${beside} is not there: the server knows no custom resource`);
}

const asked = process.argv.slice(2);

// Before the build, which takes minutes.
const components = process.env.HOMELAB_NET_COMPONENTS || componentsBeside();
const charts = process.env.HOMELAB_NET_CHARTS ?? "";
if (charts === "")
  console.log(
    "not run: what charts render, on a control plane, and records in a zone; Flux installs empty charts (HOMELAB_NET_CHARTS is not set)",
  );

buildControlPlane();
buildFluxControllers();
if (charts !== "") {
  buildExternalDns();
  nameServer();
}
console.log(`control plane: ${controlPlane()}\ncontrollers: ${fluxControllers()}`);
const { status } = spawnSync(
  "npx",
  [
    "--no-install",
    "vitest",
    "run",
    ...(asked.some((word) => word.includes(".cluster.test.ts")) ? [] : [".cluster.test.ts"]),
    // A control plane each; two at a time are slower than one after the other.
    "--no-file-parallelism",
    // Trees are written once a file, and what a file wrote goes when it is done (test/support/cleanUp.ts).
    "--isolate",
    "--testTimeout=120000",
    ...(charts === ""
      ? ["--exclude=test/cluster/charts.cluster.test.ts", "--exclude=test/cluster/records.cluster.test.ts"]
      : []),
    ...asked,
  ],
  {
    cwd: CHECKOUT,
    stdio: "inherit",
    env: { ...process.env, HOMELAB_NET_COMPONENTS: components, HOMELAB_NET_CLUSTER: "1" },
  },
);
process.exitCode = status ?? 1;
