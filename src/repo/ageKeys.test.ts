import { mkdirSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { temporaryFolder } from "../../test/support/workspace.ts";
import { keyFileOfSops, refuseKeyFileIn } from "./ageKeys.ts";

describe("the key file of sops", () => {
  test.each([
    ["what the environment says", { SOPS_AGE_KEY_FILE: "/k", HOME: "/h" }, "linux", "/k"],
    ["Linux", { HOME: "/h" }, "linux", "/h/.config/sops/age/keys.txt"],
    ["a folder for configuration", { HOME: "/h", XDG_CONFIG_HOME: "/c" }, "linux", "/c/sops/age/keys.txt"],
    ["macOS", { HOME: "/h" }, "darwin", "/h/Library/Application Support/sops/age/keys.txt"],
    ["macOS with a folder for configuration", { HOME: "/h", XDG_CONFIG_HOME: "/c" }, "darwin", "/c/sops/age/keys.txt"],
    ["nothing to go by", {}, "linux", undefined],
  ] as const)("is where sops looks: %s", (_, env, platform, path) => {
    expect(keyFileOfSops(env, platform)).toBe(path);
  });

  test("lies outside the repository, also by a link", () => {
    const root = join(temporaryFolder("keys"), "net");
    mkdirSync(root);
    const link = join(temporaryFolder("link"), "there");
    symlinkSync(root, link);
    for (const path of [join(root, "keys.txt"), join(root, "new/keys.txt"), join(link, "keys.txt")])
      expect(() => refuseKeyFileIn(root, path), path).toThrow("lies in the repository");
    expect(() => refuseKeyFileIn(root, `${root}-keys.txt`)).not.toThrow();
  });
});
