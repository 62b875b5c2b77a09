/** An app in a namespace that takes few pods: it is written, and said to be refused there. */
import { describe, expect, it } from "vitest";
import { edit, gen, repositories } from "../support/repository.ts";

const made = repositories();

const IMAGE = ["--image", "ghcr.io/owner/app:1.2.3", "--port", "8096", "--namespace", "media"] as const;

describe("gen add-app", () => {
  it.each([
    [
      "an image",
      [],
      "media takes no pod that may be root (Pod Security restricted): without --run-as app does not start",
    ],
    ["an image with a user", ["--run-as", "1000"], undefined],
    ["a chart", undefined, "media takes no pod that may be root or gain rights"],
  ])("says where the namespace refuses pods of %s", async (_, flags, said) => {
    const folder = made.fresh();
    await gen(folder, "add-app", "jellyfin", ...IMAGE, "--yes");
    edit(folder, "kubernetes/apps/media/namespace.yaml", "baseline", "restricted");
    const chart = ["--chart", "oci://ghcr.io/a/b:1.0.0", "--namespace", "media"];
    const { code, stderr } = await gen(
      folder,
      "add-app",
      "app",
      ...(flags === undefined ? chart : [...IMAGE, ...flags]),
      "--yes",
    );
    expect(code, stderr).toBe(0);
    expect(stderr.includes("Pod Security restricted")).toBe(said !== undefined);
    expect(stderr).toContain(said ?? "app written");
  });
});
