/** `--env KEY=VALUE`. A repository is read by more people than its owner, so what looks secret goes another way. */
import { UserError } from "../../src/model/errors.ts";

const NAME = /^[A-Za-z_][A-Za-z0-9_.-]*$/;

const SECRET_NAME =
  /(^|[_.-])(pass|passwd|passwort|password|passphrase|secret|token|apikey|api_key|private_?key|access_?key|credentials?|auth_?key|encryption_?key)($|[_.-])|password|secret(?!_?name)/i;
/** The name of a file or of a Secret is none itself. */
const SECRET_ELSEWHERE = /(_FILE|_PATH|_NAME|_URL|_URI)$/i;

const SECRET_VALUE = [
  /-----BEGIN [A-Z ]*PRIVATE KEY-----/,
  // A password in a URL: postgres://user:password@host.
  /^[a-z][a-z0-9+.-]*:\/\/[^/\s:@]*:[^/\s@]+@/i,
  // Prefixes of GitHub, GitLab, AWS, Slack and of JSON web tokens.
  /^(gh[pousr]_|github_pat_|glpat-|AKIA[0-9A-Z]{16}|xox[abprs]-|eyJ[\w-]+\.[\w-]+\.)/,
];

export function parseEnvironment(
  entries: readonly string[],
  { name, namespace }: { readonly name: string; readonly namespace: string },
): Readonly<Record<string, string>> {
  const pairs = entries.map((entry) => {
    const at = entry.indexOf("=");
    const key = entry.slice(0, Math.max(at, 0));
    if (!NAME.test(key))
      throw new UserError(
        `--env ${at < 0 ? entry : key} is not KEY=VALUE`,
        "such as --env LOG_LEVEL=info; letters, digits and _",
      );
    return [key, entry.slice(at + 1)] as const;
  });
  const twice = pairs.find(([key], index) => pairs.findIndex(([other]) => other === key) !== index);
  if (twice !== undefined) throw new UserError(`--env ${twice[0]} stands twice`, "give it once");
  const secret = pairs.filter(([key, value]) => looksSecret(key, value)).map(([key]) => key);
  if (secret.length > 0)
    throw new UserError(
      `${secret.join(", ")}: the value looks like a secret, and whoever can read the repository could read it`,
      [
        `put it into a Secret, whose keys become variables: --secret ${name}`,
        `kubectl create secret generic ${name} --namespace ${namespace} ${secret.map((key) => `--from-literal=${key}=…`).join(" ")}`,
      ].join("\n  "),
    );
  return Object.fromEntries(pairs);
}

function looksSecret(key: string, value: string): boolean {
  if (value === "") return false;
  if (SECRET_VALUE.some((pattern) => pattern.test(value))) return true;
  return SECRET_NAME.test(key) && !SECRET_ELSEWHERE.test(key) && !/^(true|false|\d{1,3})$/i.test(value);
}

/** The name of a time zone as containers know it, put into TZ. */
export function checkedTimezone(text: string): string {
  try {
    const known = new Intl.DateTimeFormat("en", { timeZone: text });
    if (/^[A-Z]\w*(\/[\w+-]+)*$/.test(text)) return known.resolvedOptions() && text;
  } catch {
    // Told below.
  }
  throw new UserError(`--timezone ${text} is no time zone`, "such as Europe/Berlin or UTC");
}
