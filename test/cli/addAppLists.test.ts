/** Lists that people keep, with an entry of add-app in them. */
import { existsSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { REFERENCE_FILE } from "../fixtures/reference.ts";
import { edit, expectInLine, gen, repositories, textAt } from "../support/repository.ts";
import { expectUntouched } from "../support/workspace.ts";

const made = repositories();
const alerting = repositories("--config", REFERENCE_FILE, "--set", "notifications.alerts.to=slack");

const IMAGE = ["--image", "ghcr.io/owner/app:1.2.3", "--port", "8096", "--namespace", "media"] as const;
const APPS = "kubernetes/apps/kustomization.yaml";
const ALERTS = "kubernetes/apps/flux-system/flux-operator/alerts/alerts.yaml";

describe("gen add-app", () => {
  it.each([
    ["CRLF and no last line break", (text: string) => text.replaceAll("\n", "\r\n").trimEnd(), "  - ./media\r\n"],
    [
      "comments",
      (text: string) => text.replace("resources:", "resources: # mine").replace("./network", "./network # last"),
      "  - ./media\n",
    ],
    ["items that are not indented", (text: string) => text.replaceAll("  - ", "- "), "- ./media\n"],
  ])("keeps a list with %s as people wrote it", async (_what, mine, line) => {
    const folder = made.fresh();
    const edited = mine(textAt(folder, APPS));
    writeFileSync(join(folder, APPS), edited);
    expect((await gen(folder, "add-app", "jellyfin", ...IMAGE, "--yes")).code).toBe(0);
    expect(textAt(folder, APPS).replace(line, "")).toBe(edited);
  });

  it("puts its line at the end of a list in an order of somebody's own, and into a list on one line", async () => {
    const folder = made.fresh();
    const reordered = textAt(folder, APPS).replace(
      /resources:[^]*/,
      "resources: [./network, ./default, flux-system, ./kube-system]\n",
    );
    writeFileSync(join(folder, APPS), reordered);
    expect((await gen(folder, "add-app", "jellyfin", ...IMAGE, "--yes")).code).toBe(0);
    expect(textAt(folder, APPS)).toBe(reordered.replace("./kube-system]", "./kube-system, ./media]"));
  });

  it("makes no second list beside one of another name", async () => {
    const folder = made.fresh();
    const list = textAt(folder, APPS);
    rmSync(join(folder, APPS));
    writeFileSync(join(folder, "kubernetes/apps/kustomization.yml"), list);
    expect((await gen(folder, "add-app", "jellyfin", ...IMAGE, "--yes")).code).toBe(0);
    expect(existsSync(join(folder, APPS))).toBe(false);
    expect(textAt(folder, "kubernetes/apps/kustomization.yml")).toContain("./media");
  });

  it("is heard by the alerts, also where somebody edited them", async () => {
    const folder = alerting.fresh();
    const edited = edit(folder, ALERTS, "    - kind: Kustomization\n", "    - kind: Kustomization # mine\n");
    const args = ["add-app", "jellyfin", ...IMAGE, "--yes"];
    expect((await gen(folder, ...args)).code).toBe(0);
    const heard = ["HelmRelease", "Kustomization"]
      .map((kind) => `    - kind: ${kind}\n      name: "*"\n      namespace: media\n`)
      .join("");
    const after = textAt(folder, ALERTS);
    expect(after.replace(heard, "")).toBe(edited);
    expect(after.indexOf("namespace: kube-system")).toBeLessThan(after.indexOf(heard));
    expect(after.indexOf(heard)).toBeLessThan(after.indexOf("namespace: network"));
    await expectUntouched(folder, () => gen(folder, ...args));
    await expectInLine(folder);
    expect((await gen(folder, "set", "notifications.alerts.severity=info", "--yes")).code).toBe(0);
    expect(textAt(folder, ALERTS)).toBe(after.replace("eventSeverity: error", "eventSeverity: info"));
  });

  it.each([
    ["is gone", (folder: string) => rmSync(join(folder, ALERTS))],
    [
      "has another name",
      (folder: string) =>
        void edit(folder, ALERTS, "kind: Alert\nmetadata:\n  name: alerts", "kind: Alert\nmetadata:\n  name: mine"),
    ],
  ])("leaves the alerts alone where the object %s", async (_, change) => {
    const folder = alerting.fresh();
    change(folder);
    const before = existsSync(join(folder, ALERTS)) && textAt(folder, ALERTS);
    expect((await gen(folder, "add-app", "jellyfin", ...IMAGE, "--yes")).code).toBe(0);
    expect(existsSync(join(folder, ALERTS)) && textAt(folder, ALERTS)).toBe(before);
  });
});
