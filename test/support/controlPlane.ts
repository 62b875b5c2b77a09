/**
 * etcd and a kube-apiserver of one's own, as `npm run test:cluster` built them: a server with its admission and
 * nothing else, so objects are judged and nothing happens to them.
 */
import { generateKeyPairSync, randomUUID } from "node:crypto";
import { existsSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { setTimeout as pause } from "node:timers/promises";
import { apiOf, type Api } from "./api.ts";
import { freePorts, startDaemon, type Daemon } from "./daemons.ts";
import { checkout } from "./paths.ts";
import { run, type RunResult } from "./run.ts";
import { tool } from "./tools.ts";
import { temporaryFolder } from "./workspace.ts";

export interface ControlPlane {
  /** kubectl as an administrator. Any exit code resolves. */
  kubectl(args: readonly string[], input?: string): Promise<RunResult>;
  /** The same access for what watches. */
  readonly api: Api;
  /** The same access as a file, for programs. */
  readonly kubeconfig: string;
  stop(): Promise<void>;
}

export interface ControlPlaneOptions {
  /** Network of Services, `10.43.0.0/16`. */
  readonly services: string;
  /** Objects for the admission controllers, as in the file of `--admission-control-config-file`. */
  readonly admission: object;
}

// Two busy cores take their time.
const DEADLINE = 120_000;

export async function startControlPlane({ services, admission }: ControlPlaneOptions): Promise<ControlPlane> {
  const folder = temporaryFolder("cluster");
  const [clients, peers, api] = await freePorts(3);
  const file = (name: string, text: string): string => {
    writeFileSync(join(folder, name), text, { mode: 0o600 });
    return join(folder, name);
  };
  const token = randomUUID();
  const key = file(
    "service-accounts.pem",
    generateKeyPairSync("rsa", { modulusLength: 2048 }).privateKey.export({ type: "pkcs8", format: "pem" }).toString(),
  );
  const etcd = startDaemon(
    await built("etcd"),
    [
      `--data-dir=${join(folder, "etcd")}`,
      `--listen-client-urls=http://127.0.0.1:${clients}`,
      `--advertise-client-urls=http://127.0.0.1:${clients}`,
      `--listen-peer-urls=http://127.0.0.1:${peers}`,
      // What is stored is gone after the tests anyway.
      "--unsafe-no-fsync",
    ],
    { folder },
  );
  const server = startDaemon(
    await built("kube-apiserver"),
    [
      `--etcd-servers=http://127.0.0.1:${clients}`,
      "--bind-address=127.0.0.1",
      "--advertise-address=127.0.0.1",
      "--endpoint-reconciler-type=none",
      `--secure-port=${api}`,
      `--cert-dir=${join(folder, "certificates")}`,
      `--service-cluster-ip-range=${services}`,
      `--token-auth-file=${file("tokens.csv", `${token},administrator,administrator,system:masters\n`)}`,
      "--authorization-mode=RBAC",
      "--service-account-issuer=https://kubernetes.default.svc",
      `--service-account-key-file=${key}`,
      `--service-account-signing-key-file=${key}`,
      // Nobody makes service accounts here, and every pod would wait for its own.
      "--disable-admission-plugins=ServiceAccount",
      `--admission-control-config-file=${file("admission.json", JSON.stringify(admission))}`,
      "--allow-privileged=true",
    ],
    { folder },
  );
  const url = `https://127.0.0.1:${api}`;
  const configuration = file("kubeconfig", JSON.stringify(kubeconfig(url, token)));
  const plane: ControlPlane = {
    kubectl: (args, input = "") =>
      run(tool("kubectl"), [`--kubeconfig=${configuration}`, ...args], {
        input,
        timeout: DEADLINE,
        // Discovery is cached in the home folder.
        env: { PATH: process.env["PATH"], HOME: folder },
      }),
    api: apiOf(url, token),
    kubeconfig: configuration,
    stop: async () => {
      plane.api.close();
      await server.stop();
      await etcd.stop();
    },
  };
  try {
    await untilReady(plane, [etcd, server]);
  } catch (error) {
    await plane.stop();
    throw error;
  }
  return plane;
}

async function untilReady({ kubectl }: ControlPlane, processes: readonly Daemon[]): Promise<void> {
  const end = Date.now() + DEADLINE;
  for (;;) {
    const { code, stderr } = await kubectl(["get", "--raw=/readyz", "--request-timeout=5s"]);
    if (code === 0) return;
    const ended = processes.find(({ child }) => child.exitCode !== null);
    if (ended !== undefined) throw new Error(`${ended.name} ended by itself\n${ended.log()}`);
    if (Date.now() > end)
      throw new Error(`not ready after ${DEADLINE} ms: ${stderr}${processes.map(({ log }) => log()).join("\n")}`);
    await pause(200);
  }
}

async function built(name: string): Promise<string> {
  const { controlPlane } = (await import(pathToFileURL(join(checkout, "scripts/goTools.mjs")).href)) as {
    controlPlane(): string;
  };
  const path = join(controlPlane(), name);
  if (!existsSync(path)) throw new Error(`${path} is not there; npm run test:cluster builds it`);
  return path;
}

const kubeconfig = (server: string, token: string): object => ({
  apiVersion: "v1",
  kind: "Config",
  "current-context": "test",
  contexts: [{ name: "test", context: { cluster: "test", user: "test" } }],
  // The server signs its certificate itself.
  clusters: [{ name: "test", cluster: { server, "insecure-skip-tls-verify": true } }],
  users: [{ name: "test", user: { token } }],
});
