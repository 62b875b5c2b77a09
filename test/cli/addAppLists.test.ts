/** Lists that people keep, with an entry of add-app in them. */
import { existsSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { gen, repositories, textAt } from "../support/repository.ts";

const made = repositories();

const IMAGE = ["--image", "ghcr.io/owner/app:1.2.3", "--port", "8096", "--namespace", "media"] as const;
const APPS = "kubernetes/apps/kustomization.yaml";

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
});
