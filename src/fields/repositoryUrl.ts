/** Where the emitted repository is pushed to, and the branch an engine follows. */
import { quote } from "./quote.ts";
import { accept, refuse, type Outcome } from "./refusal.ts";

/** https without user or password. The text of an address with a password never reaches a message. */
export function readRepositoryUrl(text: string): Outcome<string> {
  const ssh = /^(?:ssh:\/\/)?[^@/\s]+@([^:/\s]+)(?::\d+)?[:/](.+)$/.exec(text);
  if (ssh !== null && !/^https?:/.test(text)) return isPrivate(`https://${ssh[1]}/${ssh[2]}`);
  const url = URL.canParse(text) && !/\s/.test(text) ? new URL(text) : undefined;
  if (url === undefined || !/^(https?|git|file|ssh):$/.test(url.protocol)) {
    const bare = /^[\w-]+(\.[\w-]+)+\/.+/.test(text) ? { instead: `https://${text}` } : {};
    return refuse(`${quote(text)} is not the address of a Git repository`, bare);
  }
  const https = `https://${url.host}${url.pathname}`;
  if (url.username !== "" || url.password !== "") {
    const fix = "revoke that password or token: this file is pushed with the rest";
    return refuse("the address of the repository carries a user name or password", { instead: https, fix });
  }
  if (url.protocol === "ssh:") return isPrivate(https);
  if (url.protocol !== "https:") {
    return refuse(`${quote(text)} does not begin with https://`, url.host === "" ? {} : { instead: https });
  }
  if (/^\/*$/.test(url.pathname)) return refuse(`${quote(text)} names a Git host but no repository`);
  const more = url.search !== "" || url.hash !== "";
  return more ? refuse(`${quote(text)} has more than the address of a repository`, { instead: https }) : accept(text);
}

const isPrivate = (https: string) =>
  refuse("an SSH address is for a private repository, which is not offered yet", { instead: https });

/** The parts of git check-ref-format(1) that matter for one branch. */
export function readBranch(text: string): Outcome<string> {
  const bad = /[\s~^:?*[\\\p{Cc}]|\.\.|@\{|\/\/|^[-/.]|[/.]$|\.lock$|\/\.|^@?$/u.test(text);
  if (text.startsWith("refs/"))
    return refuse(`${quote(text)} is a reference`, { instead: text.replace(/^refs\/heads\//, "") });
  return bad ? refuse(`${quote(text)} is not a branch name`) : accept(text);
}
