/** How the program ends when it does not end well. Expected errors speak for themselves; anything else is our bug. */
import { ExpectedError, FindingsError } from "../model/errors.ts";
import { program } from "#generated/program";
import { renderFindings, summarise } from "../ui/findings.ts";
import { legible } from "../ui/printable.ts";
import { themeFor } from "../ui/theme.ts";
import type { Host } from "./host.ts";

export function reportFailure(error: unknown, json: boolean, host: Host): number {
  const exitCode = error instanceof ExpectedError ? error.exitCode : 1;
  if (json) host.stdout.write(`${JSON.stringify(asJson(error, exitCode, host), null, 2)}\n`);
  else host.stderr.write(`${asText(error, host)}\n`);
  return exitCode;
}

function asText(error: unknown, host: Host): string {
  const theme = themeFor(host.stderr, host.env);
  if (error instanceof FindingsError)
    return `${renderFindings(error.findings, theme)}\n\n${summarise(error.findings)} Nothing was written.`;
  if (error instanceof ExpectedError) {
    if (error.exitCode === 130) return `\n${error.message}`;
    return [
      `${theme("error", "error:")} ${legible(error.message)}`,
      ...(error.hint === undefined ? [] : [`  ${legible(error.hint)}`]),
    ].join("\n");
  }
  return [
    theme("error", "This is a bug of create-homelab-net, not of your network."),
    stackOf(error, host),
    "",
    `Please report it: ${issueLink(error, host)}`,
  ].join("\n");
}

function asJson(error: unknown, exitCode: number, host: Host): unknown {
  if (error instanceof FindingsError) return { ok: false, exitCode, findings: error.findings };
  if (error instanceof ExpectedError)
    return {
      ok: false,
      exitCode,
      error: { message: error.message, ...(error.hint !== undefined && { hint: error.hint }) },
    };
  return {
    ok: false,
    exitCode,
    error: { message: error instanceof Error ? error.message : String(error), report: issueLink(error, host) },
  };
}

const stackOf = (error: unknown, host: Host): string =>
  redacted(error instanceof Error ? (error.stack ?? error.message) : String(error), host);

/** A folder's name is nobody's business. */
const redacted = (text: string, host: Host): string =>
  [
    [currentFolder(host), "<cwd>"],
    [host.env["HOME"], "<home>"],
  ].reduce<string>(
    // The root is part of every path, and an empty text of every text.
    (shown, [path = "", name = ""]) => (path.length > 1 ? shown.replaceAll(path, name) : shown),
    text,
  );

function currentFolder(host: Host): string | undefined {
  try {
    return host.cwd();
  } catch {
    return undefined;
  }
}

function issueLink(error: unknown, host: Host): string {
  const title = error instanceof Error ? error.message : String(error);
  const body = [
    `create-homelab-net ${program.version}, node ${process.version}, ${process.platform}`,
    "",
    "```",
    stackOf(error, host),
    "```",
  ].join("\n");
  return `${program.issues}/new?title=${encodeURIComponent(redacted(title, host).slice(0, 120))}&body=${encodeURIComponent(body.slice(0, 3000))}`;
}
