/** Whose a host name is: written down by who gives one, refused where it is another's. */
import { rmSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { edit, gen, repositories, textAt } from "../support/repository.ts";
import { expectUntouched } from "../support/workspace.ts";

const MAP = "kubernetes/apps/network/host-names/app/configmap.yaml";
const APP = ["--image", "ghcr.io/owner/photos:1.0.0", "--port", "2342", "--namespace", "media"];

const made = repositories();

describe.each(["flux", "argocd"])("host names of apps, applied by %s", (engine) => {
  let folder = "";
  const run = async (...args: readonly string[]): Promise<string> => {
    const { code, stderr } = await gen(folder, ...args, "--yes");
    expect(code, stderr).toBe(0);
    return stderr;
  };
  beforeAll(async () => {
    folder = made.fresh();
    if (engine !== "flux") await run("set", `gitops=${engine}`);
    await run("add-app", "photos", ...APP, "--route", "photos.ragas.cc");
  });

  it("are in homelab.yaml and in the map, and stay there", async () => {
    expect(textAt(folder, "homelab.yaml")).toContain("  names:\n    media:\n      - photos.ragas.cc\n");
    expect(textAt(folder, MAP)).toContain("\n  echo.ragas.cc: default\n  photos.ragas.cc: media\n");
    expect((await gen(folder, "apply", "--yes")).stderr).toContain("nothing to do");
    const { code, stdout } = await gen(folder, "check", "--strict");
    expect([code, stdout]).toEqual([0, expect.not.stringContaining("NAME-")]);
  });

  it("are shared where another namespace answers other paths", async () => {
    await run("add-route", "photos.ragas.cc", "--path", "/api", "--app", "echo");
    expect(textAt(folder, MAP)).toContain("  photos.ragas.cc: media,default\n");
    expect((await gen(folder, "check", "--verbose")).stdout).not.toContain("NAME-");
  });

  it("are refused where they belong to another namespace, which gives them by hand", async () => {
    edit(folder, "homelab.yaml", "    media:\n", "    other: [films.ragas.cc]\n    media:\n");
    await run("apply");
    const asked = ["add-route", "films.ragas.cc", "--app", "photos", "--yes"];
    const { code, stderr } = await expectUntouched(folder, () => gen(folder, ...asked));
    expect([code, stderr]).toEqual([2, expect.stringContaining("films.ragas.cc belongs to namespace other")]);
    expect((await gen(folder, "check", "--verbose")).stdout).toContain("NAME-IDLE");
    edit(folder, "homelab.yaml", "    other: [films.ragas.cc]\n", "");
    await run(...asked.slice(0, -1));
    expect(textAt(folder, MAP)).toContain("  films.ragas.cc: media\n");
  });

  it("are told of where the map and a route disagree", async () => {
    edit(folder, "homelab.yaml", "    media:\n", "    moved:\n");
    await run("apply");
    const { code, stdout } = await gen(folder, "check");
    expect([code, stdout]).toEqual([
      2,
      expect.stringMatching(/error\[NAME-TAKEN\][^]*\n.*media\/photos\/app\/httproute.*:\d+:\d+/),
    ]);
    edit(folder, "homelab.yaml", "    moved:\n", "    media:\n");
    await run("apply");
  });

  it("are nobody's affair where somebody took the map away", async () => {
    rmSync(join(folder, MAP));
    await run("add-route", "more.ragas.cc", "--app", "photos");
    expect(textAt(folder, "homelab.yaml")).not.toContain("more.ragas.cc");
  });
});
