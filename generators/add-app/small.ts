/** Names and numbers of Kubernetes that a flag carries as they are. */
import { UserError } from "../../src/model/errors.ts";

// Object names (Kubernetes documentation, Object Names and IDs: DNS subdomain names).
const OBJECT = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/;
const isObject = (text: string): boolean => text.length <= 253 && OBJECT.test(text);

// Kubernetes documentation, Labels and Selectors: syntax and character set.
const LABEL_PART = "[A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?";
const SELECTOR = new RegExp(`^((?:[a-z0-9.-]+/)?${LABEL_PART})=(${LABEL_PART})$`);

export function parseSecrets(names: readonly string[]): readonly string[] {
  const wrong = names.find((name) => !isObject(name));
  if (wrong === undefined) return [...new Set(names)];
  throw new UserError(
    `--secret ${wrong} is no name of a Secret`,
    "the name of the Secret and nothing of its content; such as --secret jellyfin",
  );
}

export function parseStorageClass(name: string): string {
  if (isObject(name)) return name;
  throw new UserError(`--storage-class ${name} is no name of a class`, "kubectl get storageclass lists them");
}

export function parseUser(text: string): number {
  const uid = Number(text);
  if (/^\d{1,10}$/.test(text) && uid > 0 && uid < 2 ** 31) return uid;
  throw new UserError(
    `--run-as ${text} is no user that is not root`,
    "the number of a user, such as 1000 or 65534; leave it out for what the image says",
  );
}

/** Undefined when none was given. */
export function parseSelector(texts: readonly string[]): Readonly<Record<string, string>> | undefined {
  if (texts.length === 0) return undefined;
  return Object.fromEntries(
    texts.map((text) => {
      const [, key, , value] = SELECTOR.exec(text) ?? [];
      if (key !== undefined && value !== undefined) return [key, value];
      throw new UserError(
        `--selector ${text} is not KEY=VALUE`,
        "labels of the pods: kubectl get pods --show-labels; such as app.kubernetes.io/name=jellyfin",
      );
    }),
  );
}
