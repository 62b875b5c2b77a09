/** Where the emitted repository is pushed to, and the branch an engine follows. */
import { quote } from "./quote.ts";
import { accept, refuse, type Outcome } from "./refusal.ts";

/**
 * https without user or password, or ssh with a user, which is how a deploy key is used. The text of an address with a
 * password never reaches a message.
 */
export function readRepositoryUrl(text: string): Outcome<string> {
  // As git clone takes it too; engines want a URL (Flux documentation, GitRepository, URL).
  const short = /^([^@:/\s]+)@([^@:/\s]+):(?!\/)(\S+)$/.exec(text);
  if (short !== null) {
    return refuse(`${quote(text)} is an SSH address in git's short form`, {
      instead: `ssh://${short[1]}@${short[2]}/${short[3]}`,
    });
  }
  const url = URL.canParse(text) && !/\s/.test(text) ? new URL(text) : undefined;
  if (url === undefined || !/^(https?|git|file|ssh):$/.test(url.protocol)) {
    const bare = /^[\w-]+(\.[\w-]+)+\/.+/.test(text) ? { instead: `https://${text}` } : {};
    return refuse(`${quote(text)} is not the address of a Git repository`, bare);
  }
  const https = `https://${url.host}${url.pathname}`;
  if (url.protocol === "ssh:" && url.password === "") return sshUrl(url, text);
  if (url.username !== "" || url.password !== "") {
    const fix = "revoke that password or token: this file is pushed with the rest";
    return refuse("the address of the repository carries a user name or password", { instead: https, fix });
  }
  if (url.protocol !== "https:") {
    return refuse(`${quote(text)} does not begin with https://`, url.host === "" ? {} : { instead: https });
  }
  if (/^\/*$/.test(url.pathname)) return refuse(`${quote(text)} names a Git host but no repository`);
  const more = url.search !== "" || url.hash !== "";
  return more ? refuse(`${quote(text)} has more than the address of a repository`, { instead: https }) : accept(text);
}

function sshUrl(url: URL, text: string): Outcome<string> {
  const { username, host, pathname } = url;
  if (username === "") return refuse(`${quote(text)} names no user`, { instead: `ssh://git@${host}${pathname}` });
  if (/^\/*$/.test(pathname)) return refuse(`${quote(text)} names a Git host but no repository`);
  const more = url.search !== "" || url.hash !== "";
  const instead = `ssh://${username}@${host}${pathname}`;
  return more ? refuse(`${quote(text)} has more than the address of a repository`, { instead }) : accept(text);
}

/** Longer than any file system takes the name of its file (git, refs/heads). */
const LONGEST_BRANCH = 200;

/** The parts of git check-ref-format(1) that matter for one branch, and no letter that is not seen. */
export function readBranch(text: string): Outcome<string> {
  const bad = /[\s~^:?*[\\\p{Cc}\p{Cf}\p{Cs}]|\.\.|@\{|\/\/|^[-/.]|[/.]$|\.lock$|\/\.|^@?$/u.test(text);
  if (text.startsWith("refs/"))
    return refuse(`${quote(text)} is a reference`, { instead: text.replace(/^refs\/heads\//, "") });
  return bad || text.length > LONGEST_BRANCH ? refuse(`${quote(text)} is not a branch name`) : accept(text);
}
