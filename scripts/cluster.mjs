// Tests with a control plane: builds etcd and kube-apiserver once, then runs every *.cluster.test.ts.
// `npm run test:cluster`; what is written after `--` goes to vitest.
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { buildControlPlane, controlPlane } from "./goTools.mjs";

const CHECKOUT = resolve(fileURLToPath(import.meta.url), "../..");

function componentsBeside() {
  const beside = resolve(CHECKOUT, "../shared/components");
  if (existsSync(beside)) return beside;
  throw new Error(`HOMELAB_NET_COMPONENTS is not set and ${beside} is not there: the server knows no custom resource`);
}

buildControlPlane();
console.log(`control plane: ${controlPlane()}`);
const { status } = spawnSync("npx", ["--no-install", "vitest", "run", ".cluster.test.ts", ...process.argv.slice(2)], {
  cwd: CHECKOUT,
  stdio: "inherit",
  env: {
    ...process.env,
    HOMELAB_NET_COMPONENTS: process.env.HOMELAB_NET_COMPONENTS || componentsBeside(),
    HOMELAB_NET_CLUSTER: "1",
  },
});
process.exitCode = status ?? 1;
