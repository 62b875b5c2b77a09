/** Hostile texts as arguments of what writes policies and secrets: refused in a few lines, and nothing is written. */
import { describe, expect, it } from "vitest";
import { gen, repositories } from "../support/repository.ts";
import { expectUntouched } from "../support/workspace.ts";

const made = repositories();

const HOSTILE: readonly string[] = [
  "x\ny: injected",
  "x\n---\nkind: Secret",
  "x: {y: [&a *a # !!js/function",
  "$(touch /tmp/x) `id` ${HOME} && id | sh",
  "\"; rm -rf / # '; rm -rf /",
  "x] [y](javascript:alert(1)) <script>alert(1)</script> | ``` | --- |",
  "{{ .Values.x }} {% raw %} ${{ secrets.X }}",
  "a\u202Egnp.exe\u2028\u001B[31m\u0007",
  "../../etc/passwd",
  "media/../kube-system",
  "media/app=x,__proto__=y\nz",
  "-rf",
  "__proto__",
  "constructor/toString:1",
  "a".repeat(50_000),
  "",
  " ",
];

const ADDED = ["--image", "ghcr.io/example/web:1.0", "--port", "8096", "--namespace", "media", "--yes"];

/** Where each stands on the command line. */
const PLACES: Readonly<Record<string, (text: string) => readonly string[]>> = {
  "who begins, for allow": (text) => ["allow", text, "internet:443", "--yes"],
  "who answers, for allow": (text) => ["allow", "anyone", text, "--yes"],
  "a label, for allow": (text) => ["allow", "anyone", `media/app=${text}:80`, "--yes"],
  "ports, for allow": (text) => ["allow", "anyone", `media/app=web:${text}`, "--yes"],
  "who begins, for disallow": (text) => ["disallow", text, "internet:443", "--yes"],
  "who answers, for disallow": (text) => ["disallow", "anyone", text, "--yes"],
  "what an app begins": (text) => ["add-app", "web", ...ADDED, "--allow", text],
  "what becomes of the namespace of an app": (text) => ["add-app", "web", ...ADDED, "--default-deny", text],
  "a namespace to close": (text) => ["set", `policies.defaultDeny.${text}=enforce`, "--yes"],
  "a key of what is set": (text) => ["set", `policies={${JSON.stringify(text)}: x}`, "--yes"],
  "how a namespace is closed": (text) => ["set", `policies.defaultDeny.media=${text}`, "--yes"],
  "the name of a secret": (text) => ["secrets", text],
  "what is listed": (text) => ["list", text],
  "flows of whom": (text) => ["list", "flows", text],
};

describe.each(Object.entries(PLACES))("%s", (_, line) => {
  it("is refused where it is hostile", async () => {
    const folder = made.fresh();
    await expectUntouched(folder, async () => {
      for (const text of HOSTILE) {
        const { code, stdout, stderr } = await gen(folder, ...line(text));
        const what = `${JSON.stringify(text.slice(0, 60))}: ${stderr.slice(0, 2000)}`;
        expect(code, what).toBe(2);
        expect(stdout, what).toBe("");
        expect(stderr, what).not.toMatch(/[^\P{Cc}\n]|[\u202A-\u202E\u2028\u2029]/u);
        expect(stderr.length, what).toBeLessThan(2000);
        expect(stderr.trim().split("\n").length, what).toBeLessThan(10);
      }
    });
  });
});
