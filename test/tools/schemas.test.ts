import { describe, expect, test } from "vitest";
import type { KubernetesObject } from "../support/manifests.ts";
import { isCore, validateCoreObjects, validateObjects, type Problem } from "../support/schemas.ts";
import { coreSchemas } from "../support/schemas/core.ts";
import { strict, strictResource } from "../support/schemas/strict.ts";
import { declared } from "../support/schemas/typeDeclarations.ts";

const service = (spec: object, metadata: object = {}): KubernetesObject => ({
  apiVersion: "v1",
  kind: "Service",
  metadata: { name: "web", namespace: "apps", ...metadata },
  spec: { ports: [{ name: "http", port: 80, targetPort: "http" }], ...spec },
});

const deployment = (container: object): KubernetesObject => ({
  apiVersion: "apps/v1",
  kind: "Deployment",
  metadata: { name: "web" },
  spec: {
    selector: { matchLabels: { app: "web" } },
    template: {
      metadata: { labels: { app: "web" } },
      spec: { containers: [{ name: "web", image: "nginx", ...container }], volumes: [{ name: "tmp", emptyDir: {} }] },
    },
  },
});

const said = (problems: readonly Problem[]): string[] =>
  problems.map(({ object, path, message }) => `${object} ${path}: ${message}`);

describe("built-in kinds", () => {
  test("what is right passes", () => {
    const objects = [
      service({ type: "LoadBalancer", externalTrafficPolicy: "Local" }),
      deployment({
        resources: { requests: { cpu: "100m", memory: "64Mi" }, limits: { cpu: 1 } },
        ports: [{ containerPort: 80 }],
      }),
      {
        apiVersion: "v1",
        kind: "Namespace",
        metadata: { name: "apps", labels: { "pod-security.kubernetes.io/enforce": "privileged" } },
      },
      {
        apiVersion: "rbac.authorization.k8s.io/v1",
        kind: "ClusterRole",
        metadata: { name: "home:admin" },
        rules: [{ verbs: ["get"] }],
      },
      {
        apiVersion: "v1",
        kind: "Secret",
        metadata: { name: "token" },
        stringData: { a: "ENC[AES256_GCM,data:x]" },
        sops: { mac: "x" },
      },
    ];
    expect(said(validateCoreObjects(objects))).toEqual([]);
  });

  test.each<[string, KubernetesObject, string]>([
    ["an unknown field", service({ loadBalancerClas: "a" }), "Service apps/web /spec: unknown field loadBalancerClas"],
    ["an unknown field deep inside", deployment({ imagePullPolice: "Always" }), "unknown field imagePullPolice"],
    ["an unknown field at the top", { ...service({}), spek: {} }, "Service apps/web : unknown field spek"],
    ["a wrong type", service({ ports: [{ port: "80" }] }), "/spec/ports/0/port: must be"],
    ["a missing field", service({ ports: [{ name: "http" }] }), "/spec/ports/0: must have required property 'port'"],
    ["a number for a label", service({}, { labels: { version: 1 } }), "/metadata/labels/version: must be string"],
    ["a label that is none", service({}, { labels: { app: "a b" } }), "/metadata/labels/app: must match pattern"],
    [
      "a key that is no label",
      service({}, { labels: { "a b": "c" } }),
      "/metadata/labels: property name must be valid",
    ],
    [
      "a name that is none",
      service({}, { name: "Web" }),
      '/metadata/name: metadata.name "Web" is not a name Kubernetes takes',
    ],
    ["no name", service({}, { name: undefined }), "/metadata/name: metadata.name is missing"],
    [
      "a bad quantity",
      deployment({ resources: { limits: { memory: "64MB" } } }),
      "/resources/limits/memory: must match pattern",
    ],
    ["null", service({ type: null }), "/spec/type: must be string"],
    ["a kind there is not", { ...service({}), kind: "Servise" }, "has no Servise in v1"],
    ["an outdated version", { ...deployment({}), apiVersion: "apps/v1beta1" }, "has no Deployment in apps/v1beta1"],
  ])("%s is a problem", (_, object, message) => {
    expect(said(validateCoreObjects([object])).join("\n")).toContain(message);
  });

  test("nulls of a chart can be taken as absent", () => {
    expect(validateCoreObjects([service({ type: null }, { annotations: null })], { nulls: "drop" })).toEqual([]);
  });

  test("custom resources are left to the other check", () => {
    const route = { apiVersion: "gateway.networking.k8s.io/v1", kind: "HTTPRoute", metadata: { name: "a" } };
    expect(isCore(route)).toBe(false);
    expect(validateCoreObjects([route])).toEqual([]);
  });

  test("problems name every object", () => {
    const problems = validateObjects([service({ a: 1 }), service({ b: 1 })]);
    expect(problems).toHaveLength(2);
  });
});

describe("definitions out of declarations", () => {
  const definitions = declared(
    "core/v1.d.ts",
    `import { ObjectMeta } from "../meta/v1";
     export type Protocol = string;
     export interface Thing { apiVersion?: "v1"; kind?: "Thing"; metadata?: ObjectMeta; readonly spec?: Spec }
     export interface Spec { "from": number | string; rest: { [name: string]: Array<Protocol> }; on?: boolean }`,
  );

  test("keep required fields, references, maps and lists", () => {
    expect(definitions["core/v1.Spec"]).toEqual({
      type: "object",
      properties: {
        from: { type: ["integer", "string"] },
        rest: {
          type: "object",
          additionalProperties: { type: "array", items: { $ref: "#/definitions/core~1v1.Protocol" } },
        },
        on: { type: "boolean" },
      },
      required: ["from", "rest"],
    });
  });

  test("become kinds", () => {
    const core = coreSchemas("declarations", { ...definitions, "meta/v1.ObjectMeta": {} });
    expect(core.groups).toEqual(new Set([""]));
    expect(core.find("v1", "Thing")?.required).toEqual(["apiVersion", "kind", "metadata"]);
    expect(core.find("v2", "Thing")).toBeUndefined();
  });

  test("a declaration that is not understood throws", () => {
    expect(() => declared("a.d.ts", "export interface A { a: Missing }")).toThrow(
      "declarations do not tell what Missing is",
    );
    expect(() => declared("a.d.ts", "export interface A { a(): string }")).toThrow(
      "declarations have no TSMethodSignature",
    );
  });
});

describe("strictness", () => {
  const field = { type: "string" };

  test("fields are closed in the structure, open in branches and where unknown ones are kept", () => {
    const result = strict({
      type: "object",
      properties: { a: field },
      oneOf: [{ properties: { a: field }, required: ["a"] }],
    });
    expect(result.additionalProperties).toBe(false);
    expect(result.oneOf?.[0]).not.toHaveProperty("additionalProperties");
    expect(strict({ type: "object", "x-kubernetes-preserve-unknown-fields": true })).toEqual({ type: "object" });
    expect(strict({ type: "object" }).additionalProperties).toBe(false);
    expect(strict({ type: "object", additionalProperties: field }).additionalProperties).toEqual(field);
  });

  test("Kubernetes' own keywords are translated", () => {
    expect(strict({ "x-kubernetes-int-or-string": true }).type).toEqual(["integer", "string"]);
    expect(strict({ type: "array", items: field, "x-kubernetes-list-type": "set" }).uniqueItems).toBe(true);
    expect(strict({ type: "integer", minimum: 1, exclusiveMinimum: true })).toMatchObject({ exclusiveMinimum: 1 });
    expect(strict({ type: "string", nullable: true })).toEqual({ anyOf: [{ type: "null" }, field] });
    expect(strict({ type: "integer", format: "int32" }).allOf).toEqual([{ minimum: -(2 ** 31), maximum: 2 ** 31 - 1 }]);
  });

  test("a keyword nobody knows throws", () => {
    expect(() => strict({ type: "object", patternProperties: {} })).toThrow(
      "schema keyword patternProperties is not known",
    );
  });

  test("a custom resource has apiVersion, kind and metadata", () => {
    const schema = strictResource({
      type: "object",
      properties: { metadata: { type: "object" }, spec: { type: "object" } },
      required: ["spec"],
    });
    expect(schema.required).toEqual(["spec", "apiVersion", "kind", "metadata"]);
    expect(Object.keys(schema.properties ?? {}).toSorted()).toEqual(["apiVersion", "kind", "metadata", "spec"]);
  });
});
