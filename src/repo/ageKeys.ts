/**
 * The key file of sops: the one file outside the repository that is ever written, and only ever added to. Where it is,
 * sops says (getsops/sops 3.13.3, age/keysource.go; os.UserConfigDir of Go).
 */
import {
  appendFileSync,
  chmodSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readFileSync,
  readlinkSync,
  realpathSync,
} from "node:fs";
import { dirname, join, resolve } from "node:path";
import { UserError } from "../model/errors.ts";
import { isInside } from "./contain.ts";
import { diskFailure, isMissing } from "./failure.ts";

type Environment = Readonly<Record<string, string | undefined>>;

/** Undefined where the environment says neither the file nor a home. */
export function keyFileOfSops(env: Environment, platform: NodeJS.Platform = process.platform): string | undefined {
  const said = env["SOPS_AGE_KEY_FILE"];
  if (said !== undefined && said !== "") return said;
  const folder = configFolder(env, platform);
  return folder === undefined ? undefined : join(folder, "sops", "age", "keys.txt");
}

function configFolder(env: Environment, platform: NodeJS.Platform): string | undefined {
  const [own, home] = [env["XDG_CONFIG_HOME"] ?? "", env["HOME"] ?? ""];
  if (platform === "win32") return env["AppData"] ?? env["APPDATA"];
  if (own !== "") return own;
  if (home === "") return undefined;
  return platform === "darwin" ? join(home, "Library", "Application Support") : join(home, ".config");
}

/** Undefined when it is not there. */
export function readKeyFile(path: string): string | undefined {
  try {
    return readFileSync(path, "utf8");
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw diskFailure(error, `read ${path}`, "Nothing was changed.");
  }
}

/** Git carries what lies in the repository. Throws UserError. */
export function refuseKeyFileIn(root: string, path: string): void {
  const absolute = linked(resolve(path));
  const existing = nearest(absolute);
  if (!isInside(join(realpathSync(existing), absolute.slice(existing.length)), realpathSync(root))) return;
  throw new UserError(
    `the key file ${path} lies in the repository, where Git could take it along`,
    "name one outside, such as ~/.config/sops/age/keys.txt",
  );
}

/** Where writing would make the file: a link may lead to one that is not there yet. */
function linked(path: string, links = 0): string {
  if (existsSync(path) || links > LINKS) return path;
  const isLink = lstatSync(path, { throwIfNoEntry: false })?.isSymbolicLink() === true;
  return isLink ? linked(resolve(realpathSync(dirname(path)), readlinkSync(path)), links + 1) : path;
}

/** As Linux follows (path_resolution(7)). */
const LINKS = 40;

const nearest = (path: string): string => (existsSync(path) ? path : nearest(dirname(path)));

/** Adds to the end, for nobody but its owner to read; what stands there stays. */
export function appendToKeyFile(path: string, entry: string): void {
  try {
    mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
    const before = readKeyFile(path) ?? "";
    // Before the key is in it, whoever made it.
    if (existsSync(path)) chmodSync(path, 0o600);
    appendFileSync(path, before === "" || before.endsWith("\n") ? entry : `\n${entry}`, { mode: 0o600 });
  } catch (error) {
    throw diskFailure(error, `write ${path}`, "Nothing was changed.");
  }
}
