/** Repositories whose Secrets SOPS keeps, and a key of age of one's own that opens them. */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll } from "vitest";
import { keyFileEntry, newIdentity, type Identity } from "../../src/sealing/age.ts";
import { openFile } from "../../src/sealing/sops.ts";
import { REFERENCE_FILE } from "../fixtures/reference.ts";
import { runHere } from "./cli.ts";
import { gen, repositories, textAt } from "./repository.ts";
import { temporaryFolder } from "./workspace.ts";

/** One of the Secrets they have, and the variable its value is read from. */
export const ISSUERS = "kubernetes/apps/cert-manager/cert-manager/letsencrypt";
export const TOKEN = `${ISSUERS}/cert-manager-cloudflare-secret.sops.yaml`;
export const VARIABLE = "CERT_MANAGER_CLOUDFLARE_SECRET_API_TOKEN";
export const VALUE = "v3ry-s3cr3t";

const LETSENCRYPT = "certificates={letsencrypt: {}}";
const SSH = "repository.url=ssh://git@github.com/example/homelab.git";

export const madeWithSops = () =>
  repositories("--config", REFERENCE_FILE, "--set", "secrets=sops", "--set", LETSENCRYPT, "--set", SSH);

/** Called at the top of a file of tests. */
export function sopsRepositories() {
  const made = madeWithSops();
  let mine: Identity;
  let keys: string;
  beforeAll(async () => {
    mine = await newIdentity();
    keys = join(temporaryFolder("keys"), "keys.txt");
    writeFileSync(keys, keyFileEntry(mine, new Date()));
  });
  return {
    made,
    identity: () => mine,
    withKey: () => ({ SOPS_AGE_KEY_FILE: keys }),
    secrets: (folder: string, env: Readonly<Record<string, string>>, ...args: readonly string[]) =>
      runHere("gen", ["secrets", ...args], { cwd: folder, env }),
    /** One that is encrypted for somebody, and nothing filled in. */
    fresh: async (): Promise<string> => {
      const folder = made.fresh();
      await gen(folder, "set", `secrets.age=[${mine.recipient}]`, "--yes");
      return folder;
    },
    opened: async (folder: string, path: string): Promise<unknown> => {
      const result = await openFile(textAt(folder, path), path, [mine]);
      return typeof result === "string" ? result : result.object["stringData"];
    },
  };
}
