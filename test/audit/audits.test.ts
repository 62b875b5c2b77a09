import { describe, expect, it } from "vitest";
import { audits } from "../../src/audit/index.ts";
import { rules } from "../../src/rules/index.ts";
import { renderFindings } from "../../src/ui/findings.ts";
import { accepted } from "./accepted.ts";
import { projects } from "./argocd/projects.ts";
import { safety } from "./argocd/safety.ts";
import { sources } from "./argocd/sources.ts";
import { attachments } from "./attachments.ts";
import { cilium } from "./cilium.ts";
import { closedNamespaces } from "./closed.ts";
import { cluster } from "./cluster.ts";
import { files } from "./files.ts";
import { ingresses } from "./ingresses.ts";
import { names } from "./names.ts";
import { pods } from "./pods.ts";
import { refused } from "./refused.ts";
import { audited, planWith, repositoryWith } from "./repository.ts";
import { routes } from "./routes.ts";
import { traefikCases } from "./traefik.ts";
import { versions } from "./versions.ts";

const cases = [
  ...files,
  ...cluster,
  ...routes,
  ...closedNamespaces,
  ...names,
  ...refused,
  ...accepted,
  ...cilium,
  ...ingresses,
  ...pods,
  ...attachments,
  ...traefikCases,
  ...versions,
  ...sources,
  ...projects,
  ...safety,
];

describe("the repository as it is", () => {
  it.each(["flux", "argocd"] as const)("has nothing to be said about it where %s applies it", (engine) => {
    expect(audited(repositoryWith({}, engine), planWith([], engine))).toEqual([]);
  });
});

describe.each(cases)("$id: $what", ({ id, network, engine, broken, nearMiss }) => {
  it("is the one finding about the broken repository, in its file", () => {
    const findings = audited(repositoryWith(broken, engine), planWith(network, engine));
    expect(findings.map((finding) => finding.id)).toEqual([id]);
    const [place] = findings[0]?.places ?? [];
    expect(
      repositoryWith(broken, engine)
        .get(place?.file ?? "")
        ?.split("\n")[(place?.line ?? 0) - 1],
    ).toMatch(place?.text.endsWith("…") ? /./ : place?.text.trim() === "" ? /never/ : /\S/);
  });
  it("says nothing about the near miss", () => {
    expect(audited(repositoryWith(nearMiss, engine), planWith(network, engine)).map((finding) => finding.id)).toEqual(
      [],
    );
  });
});

describe("the audits", () => {
  it("have a broken repository each", () => {
    const covered = cases.map(({ id }) => id);
    expect(audits.map(({ id }) => id).filter((id) => !covered.includes(id))).toEqual([]);
  });
  it("have no id twice, nor that of a rule", () => {
    const all = [...rules, ...audits].map(({ id }) => id);
    expect(new Set(all).size).toBe(all.length);
  });
  it("read as prose", async () => {
    const texts = cases.map(({ broken, network, engine }) =>
      renderFindings(audited(repositoryWith(broken, engine), planWith(network, engine))),
    );
    await expect(`${texts.join("\n\n")}\n`).toMatchFileSnapshot("./messages.txt");
  });
  it("show nothing of a secret", () => {
    const texts = cases.map(({ broken, network, engine }) =>
      JSON.stringify(audited(repositoryWith(broken, engine), planWith(network, engine))),
    );
    expect(texts.join("\n")).not.toMatch(/hunter2|aHVudGVyMg|MIIEvQ|QQQQQQ/);
  });
});
