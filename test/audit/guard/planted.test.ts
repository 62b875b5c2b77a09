/** Secrets of every kind, each where people leave it: found, called what it is, and not repeated. */
import { describe, expect, it } from "vitest";
import { KINDS } from "../../../src/audit/guard/kinds.ts";
import { secrets } from "../../../src/audit/secrets.ts";
import { readSubject } from "../../../src/audit/subject.ts";
import { renderFindings } from "../../../src/ui/findings.ts";
import { manifests } from "./manifests.ts";
import { others } from "./others.ts";
import { made, type Planted } from "./plant.ts";
import { tokens } from "./tokens.ts";

const planted = [...tokens, ...others, ...manifests];

const found = ({ file, text }: Pick<Planted, "file" | "text">) => {
  const chart = file.includes("/templates/") ? [["chart/Chart.yaml", "name: a\n"] as const] : [];
  return [...secrets(readSubject(new Map([...chart, [file, text]])))];
};

describe.each(planted)("$what in $file", (one) => {
  const findings = found(one);
  it("is found and called what it is", () => {
    expect(
      findings.filter(({ id }) => id === one.id).map(({ message }) => message.replace(/, and \d+ more$/, "")),
    ).toEqual([`${one.file} holds ${one.what}`]);
  });
  it("is not repeated", () => {
    const said = `${JSON.stringify(findings)}\n${renderFindings(findings)}`;
    for (let from = 0; from + 6 <= one.secret.length; from += 1)
      expect(said).not.toContain(one.secret.slice(from, from + 6));
  });
});

it("is every kind there is", () => {
  const tried = new Set(planted.map(({ what }) => what));
  expect(KINDS.map(({ what }) => what).filter((what) => !tried.has(what))).toEqual([]);
  expect(tried.size).toBeGreaterThan(40);
});

it("needs each of its patterns", () => {
  // A planted text that two patterns find would not notice that one is gone.
  const needed = KINDS.map(({ pattern }) =>
    planted.some(
      ({ text, what }) =>
        KINDS.some((kind) => kind.pattern === pattern && kind.what === what) &&
        [...text.matchAll(pattern)].length > 0 &&
        KINDS.filter((kind) => kind.what === what && [...text.matchAll(kind.pattern)].length > 0).length === 1,
    ),
  );
  expect(needed.every(Boolean)).toBe(true);
});

it("shows nothing of a second secret on the same line", () => {
  const text = `login: { password: hunter2, token: ghp_${made(36)} }\n`;
  const said = renderFindings(found({ file: "a.yaml", text }));
  expect(said).not.toMatch(/hunter2/);
  expect(said).toContain("ghp_…");
});

it("takes no longer for a file that is one long line", () => {
  for (const part of [
    "a",
    "a-",
    "=",
    "eyJ",
    "password ",
    "x@y!",
    "neighbor ",
    "-----BEGIN ",
    "1234567890:",
    "token: ",
    "curl ",
    "machine a ",
    "kind: Secret ",
    "{kind: Secret, ",
    "{kind: Secret}",
    "kind: Secret\n",
    " kind: Secret\n",
    "- kind: Secret\n",
    "{kind: Secret, data: ",
    "A1b2".repeat(20),
  ]) {
    const before = performance.now();
    found({ file: "long.conf", text: part.repeat(Math.ceil(1_000_000 / part.length)) });
    expect([part, performance.now() - before < 8000]).toEqual([part, true]);
  }
}, 60_000);
