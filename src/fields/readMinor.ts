/** A minor version of Kubernetes. */
import { quote } from "./quote.ts";
import { accept, refuse, type Outcome } from "./refusal.ts";

export function readMinor(text: string): Outcome<string> {
  if (/^1\.\d{1,3}$/.test(text)) return accept(text);
  const minor = /^v?(1\.\d{1,3})(\.\d+)?([+-].*)?$/.exec(text)?.[1];
  return minor === undefined
    ? refuse(`${quote(text)} is not a minor version of Kubernetes`, { fix: "two numbers, such as 1.36" })
    : refuse(`${quote(text)} is more than a minor version; the release of it is pinned in the repository`, {
        instead: minor,
      });
}
