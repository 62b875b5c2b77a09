/** What a flag may say, and what is said to whom writes something else. */
import { describe, expect, test } from "vitest";
import { planOf } from "../../test/fixtures/plan.ts";
import { catalog } from "../../test/fixtures/realCatalog.ts";
import { label } from "../../test/fixtures/newApps.ts";
import { UserError } from "../../src/model/errors.ts";
import { openOfChart, parseChart } from "./chart.ts";
import { checkedTimezone, parseEnvironment } from "./environment.ts";
import { parseImage } from "./image.ts";
import { checkFree, parseAppName, parseNamespace } from "./name.ts";
import { parsePort } from "./port.ts";
import { parseSecrets, parseSelector, parseStorageClass, parseUser } from "./small.ts";
import { parseVolumes } from "./volumes.ts";

const DIGEST = `sha256:${"a".repeat(64)}`;
const named = { name: "app", namespace: "media" };

describe("an image", () => {
  test.each([
    ["nginx:1.29.3", { repository: "nginx", tag: "1.29.3" }],
    ["ghcr.io/owner/app:v1.2.0", { repository: "ghcr.io/owner/app", tag: "v1.2.0" }],
    ["registry.home.arpa:5000/a/b__c:1", { repository: "registry.home.arpa:5000/a/b__c", tag: "1" }],
    [`nginx:1.29@${DIGEST}`, { repository: "nginx", tag: `1.29@${DIGEST}` }],
    [`nginx:latest@${DIGEST}`, { repository: "nginx", tag: `latest@${DIGEST}` }],
  ])("%s", (text, image) => expect(parseImage(text)).toEqual(image));
  test.each([
    ["nginx", "names no version"],
    ["nginx:latest", "latest moves with every release"],
    ["nginx:Latest", "moves with every release"],
    [`nginx@${DIGEST}`, "has a digest and no tag"],
    ["Nginx:1", "is no image"],
    ["https://ghcr.io/a/b:1", "is no image"],
    ["nginx:1 --privileged", "is no image"],
    ["nginx:1\nx: y", "is no image"],
    ["nginx:{{ x }}", "is no image"],
    ["", "is no image"],
  ])("%j is refused", (text, message) => expect(() => parseImage(text)).toThrow(message));
});

describe("a chart", () => {
  const chart = (text: string, repository?: string, version?: string) =>
    parseChart({ chart: text, repository, version });
  test.each([
    [["oci://ghcr.io/a/charts/app", undefined, "1.2.3"], { source: "oci://ghcr.io/a/charts/app", version: "1.2.3" }],
    [["oci://ghcr.io/a/app:1.2.3"], { source: "oci://ghcr.io/a/app", version: "1.2.3" }],
    [
      ["app", "https://a.github.io/charts/", "v1.2.3-rc.1"],
      { source: "https://a.github.io/charts", chart: "app", version: "v1.2.3-rc.1" },
    ],
  ] as const)(
    "%j",
    ([text, repository, version]: readonly [string, (string | undefined)?, (string | undefined)?], parsed) =>
      expect(chart(text, repository, version)).toEqual(parsed),
  );
  test.each([
    [["https://a.github.io/charts/app", undefined, "1.0.0"], "is no chart"],
    [["oci://ghcr.io/app?x", undefined, "1.0.0"], "is no chart"],
    [["oci://ghcr.io/a/app", "https://a.github.io", "1.0.0"], "says where the chart lies"],
    [["oci://ghcr.io/a/app:1.0.0", undefined, "1.0.1"], "says one version"],
    [["app", "http://a.github.io", "1.0.0"], "no https URL"],
    [["app", "https://user:password@a.github.io", "1.0.0"], "no https URL"],
    [["app", "oci://ghcr.io/a", "1.0.0"], "is a registry"],
    [["a/app", "https://a.github.io", "1.0.0"], "is no name of a chart"],
    [["app", "https://a.github.io", "^1.0.0"], "is no version of a chart"],
    [["app", "https://a.github.io", "latest"], "is no version of a chart"],
  ] as const)(
    "%j is refused",
    ([text, repository, version]: readonly [string, (string | undefined)?, (string | undefined)?], message) =>
      expect(() => chart(text, repository, version)).toThrow(message),
  );
  test.each([
    [{ chart: "app", repository: undefined, version: undefined }, ["repo", "chart-version"]],
    [{ chart: "oci://ghcr.io/a/app", repository: undefined, version: undefined }, ["chart-version"]],
    [{ chart: "oci://ghcr.io/a/app:1.0.0", repository: undefined, version: undefined }, []],
  ])("what %j leaves open", (text, open) => expect(openOfChart(text)).toEqual(open));
});

describe("an environment variable", () => {
  test("keeps its value, whatever is in it", () => {
    expect(parseEnvironment(["A=b=c", "EMPTY=", "URL=https://example.com/a:b"], named)).toEqual({
      A: "b=c",
      EMPTY: "",
      URL: "https://example.com/a:b",
    });
  });
  test.each([
    "DB_PASSWORD=hunter2",
    "apiKey_TOKEN=x",
    "SECRET_KEY=abc",
    "POSTGRES_PASSWD=x",
    "DATABASE_URL=postgres://user:pw@db/x",
    "GITHUB=ghp_0123456789abcdef",
    "KEY=-----BEGIN PRIVATE KEY-----",
  ])("%s is refused, with the way to do it right and without the value", (entry) => {
    const [key = "", value = ""] = entry.split(/=(.*)/s);
    try {
      parseEnvironment([entry], named);
    } catch (error) {
      const { message, hint } = error as UserError;
      expect(message).toContain(key);
      expect(hint).toContain(`--secret app`);
      expect(hint).toContain(`kubectl create secret generic app --namespace media --from-literal=${key}=…`);
      if (value.length > 4) expect(`${message}${hint}`).not.toContain(value);
      return;
    }
    throw new Error("it was taken");
  });
  test.each([
    "DB_PASSWORD_FILE=/run/secrets/db",
    "SECRET_NAME=db",
    "TOKEN_EXPIRY=10",
    "MONKEY=1",
    "PASSWORD=",
    "ENABLE_TOKEN=true",
  ])("%s is no secret", (entry) => expect(() => parseEnvironment([entry], named)).not.toThrow());
  test.each([["A"], ["=b"], ["1A=b"], ["A B=c"]])("%s is refused", (entry) =>
    expect(() => parseEnvironment([entry], named)).toThrow("is not KEY=VALUE"),
  );
  test("stands once", () => expect(() => parseEnvironment(["A=1", "A=2"], named)).toThrow("stands twice"));
  test("a time zone is one that containers know", () => {
    expect(checkedTimezone("Europe/Berlin")).toBe("Europe/Berlin");
    expect(checkedTimezone("UTC")).toBe("UTC");
    for (const wrong of ["Berlin", "+02:00", "Europe/Berlin\n"])
      expect(() => checkedTimezone(wrong)).toThrow("no time zone");
  });
});

describe("a volume", () => {
  test("is called after its folder, and two never alike", () => {
    const volumes = parseVolumes(["/config=1Gi", "/var/lib/app/config=500Mi", "/tmp=1Gi", "/_=1Gi"]);
    expect(volumes.map(({ name, path, size }) => `${name} ${path} ${size}`)).toEqual([
      "config /config 1Gi",
      "var-lib-app-config /var/lib/app/config 500Mi",
      "data-1 /tmp 1Gi",
      "data-2 /_ 1Gi",
    ]);
  });
  test.each([
    ["/config", "is not PATH=SIZE"],
    ["config=1Gi", "is not PATH=SIZE"],
    ["/config=1GB", "is not PATH=SIZE"],
    ["/a/../b=1Gi", "is not PATH=SIZE"],
    ["/a b=1Gi", "is not PATH=SIZE"],
    ["/etc=1Gi", "would hide what the image has"],
  ])("%s is refused", (text, message) => expect(() => parseVolumes([text])).toThrow(message));
  test("stands once", () => expect(() => parseVolumes(["/a=1Gi", "/a=2Gi"])).toThrow("stands twice"));
});

describe("a name", () => {
  test.each(["a", "app-2", "x".repeat(53)])("%s is one", (name) => expect(parseAppName(name)).toBe(name));
  test.each(["", "App", "2app", "-a", "a.b", "../a", "a/b", "x".repeat(54), "con", "aux", "a\n"])(
    "%j is none",
    (name) => expect(() => parseAppName(name)).toThrow(UserError),
  );
  test.each(["kube-system", "kube-x", "Media", "nul"])("%s is no namespace for an app", (name) =>
    expect(() => parseNamespace(name)).toThrow(UserError),
  );
  const around = { plan: planOf(), catalog, apps: [], own: false, files: 0 };
  const at = (name: string) => ({ name: label(name), namespace: label("media") });
  test("is free", () => expect(() => checkFree(at("jellyfin"), around)).not.toThrow());
  test.each(["cilium", "envoy-gateway", "echo"])("%s is a part of the network", (name) =>
    expect(() => checkFree(at(name), around)).toThrow("is a part of this network"),
  );
  test("is taken by files of somebody else", () =>
    expect(() => checkFree(at("jellyfin"), { ...around, files: 2 })).toThrow("is there already"));
  test("is taken by a Service", () => {
    const folder = "kubernetes/apps/media/other/app" as never;
    const other = {
      namespace: "media",
      name: "other",
      folder,
      services: [{ name: "jellyfin", ports: [80] }],
      routes: [],
    };
    expect(() => checkFree(at("jellyfin"), { ...around, apps: [other as never] })).toThrow(
      "other has a Service called jellyfin",
    );
  });
});

describe("a name where the engine knows apps by their name alone", () => {
  const around = { plan: planOf({ gitops: "argo-cd" }), catalog, apps: [], own: false, files: 0 };
  const at = (name: string) => ({ name: label(name), namespace: label("media") });
  const folder = "kubernetes/apps/tools/jellyfin/app" as never;
  const elsewhere = { namespace: "tools", name: "jellyfin", folder, services: [], routes: [] } as never;
  test("is free", () => expect(() => checkFree(at("jellyfin"), around)).not.toThrow());
  test("is that of an app elsewhere", () => {
    expect(() => checkFree(at("jellyfin"), { ...around, apps: [elsewhere] })).toThrow(
      "Argo CD knows one thing called jellyfin, and it is there: kubernetes/apps/tools/jellyfin/app",
    );
    expect(() => checkFree(at("jellyfin"), { ...around, plan: planOf(), apps: [elsewhere] })).not.toThrow();
  });
  test("is that of a step", () =>
    expect(() => checkFree(at("cilium-config"), around)).toThrow("kubernetes/apps/kube-system/cilium/config"));
});

describe("small things", () => {
  test("a port", () => {
    expect(parsePort("8080", "--port")).toBe(8080);
    for (const wrong of ["0", "65536", "http", "80a", "-1", "", "8e1"])
      expect(() => parsePort(wrong, "--port")).toThrow("is no port");
  });
  test("a user that is not root", () => {
    expect(parseUser("1000")).toBe(1000);
    for (const wrong of ["0", "root", "-1", "4294967296"]) expect(() => parseUser(wrong)).toThrow("no user");
  });
  test("labels of pods", () => {
    expect(parseSelector([])).toBeUndefined();
    expect(parseSelector(["app.kubernetes.io/name=x", "tier=web"])).toEqual({
      "app.kubernetes.io/name": "x",
      tier: "web",
    });
    for (const wrong of ["x", "=x", "a=b c", "a=", "a\n=b"])
      expect(() => parseSelector([wrong])).toThrow("not KEY=VALUE");
  });
  test("names of Secrets and classes", () => {
    expect(parseSecrets(["a", "a", "b.c"])).toEqual(["a", "b.c"]);
    expect(() => parseSecrets(["a=b"])).toThrow("is no name of a Secret");
    expect(parseStorageClass("fast")).toBe("fast");
    expect(() => parseStorageClass("Fast class")).toThrow("is no name of a class");
  });
});
