import { expect, test } from "vitest";
import { podsOf } from "../support/pods.ts";

const template = { metadata: { labels: { app: "a" } }, spec: { hostNetwork: true } };
const pod = (name: string, metadata: object = {}) => ({
  apiVersion: "v1",
  kind: "Pod",
  metadata: { labels: { app: "a" }, name, ...metadata },
  spec: { hostNetwork: true },
});

test.each(["Deployment", "DaemonSet", "StatefulSet", "ReplicaSet", "Job"])("the pod of a %s", (kind) => {
  expect(
    podsOf([{ apiVersion: "apps/v1", kind, metadata: { name: "a", namespace: "apps" }, spec: { template } }]),
  ).toEqual([pod(`${kind.toLowerCase()}-a`, { namespace: "apps" })]);
});

test("the pod of the jobs of a CronJob", () => {
  const spec = { jobTemplate: { spec: { template } } };
  expect(podsOf([{ apiVersion: "batch/v1", kind: "CronJob", metadata: { name: "a" }, spec }])).toEqual([
    pod("cronjob-a"),
  ]);
});

test("a pod by itself, and none of what runs nothing", () => {
  const service = { apiVersion: "v1", kind: "Service", metadata: { name: "a" }, spec: {} };
  const map = { apiVersion: "v1", kind: "ConfigMap", metadata: { name: "a" } };
  expect(podsOf([service, map, pod("a")])).toEqual([pod("pod-a")]);
});
