import { ROUTE_FLAGS } from "../add-route/options.ts";
import { DENIALS } from "./closing.ts";
import { WRITING, type Flag } from "../generator.ts";

export const FLAGS: readonly Flag[] = [
  { name: "image", value: "IMAGE:TAG", summary: "an image, run by the chart app-template" },
  { name: "chart", value: "REF", summary: "a Helm chart: oci://REGISTRY/PATH/NAME, or its name in --repo" },
  { name: "repo", value: "URL", summary: "chart repository of --chart NAME" },
  { name: "chart-version", value: "VERSION", summary: "version of the chart" },
  { name: "manifests", summary: "with --image: plain Deployment and Service instead of a chart" },
  { name: "port", value: "N", summary: "port the app listens on; for a chart the port of its Service" },
  { name: "namespace", value: "NS", summary: "namespace, made when it is not there" },
  { name: "route", value: "HOST", summary: "host name under one of your domains, or none" },
  { name: "gateway", value: "NAME[,NAME]|all", summary: "gateways of the route; the default one when absent" },
  ...ROUTE_FLAGS,
  {
    name: "volume",
    value: "PATH=SIZE",
    summary: "folder of the container that outlives it: /config=1Gi; may stand more than once",
    repeated: true,
  },
  { name: "storage-class", value: "NAME", summary: "class of the volumes; the cluster's default one when absent" },
  {
    name: "env",
    value: "KEY=VALUE",
    summary: "environment variable, nothing secret; may stand more than once",
    repeated: true,
  },
  {
    name: "secret",
    value: "NAME",
    summary: "Secret of the namespace whose keys become variables; may stand more than once",
    repeated: true,
  },
  { name: "timezone", value: "ZONE", summary: "time zone of the app, such as Europe/Berlin (variable TZ)" },
  { name: "run-as", value: "UID", summary: "user the app runs as; as the image says when absent, which may be root" },
  {
    name: "network",
    value: "NAME[=IP]",
    summary: "interface in another network of homelab.yaml that has attach; may stand more than once",
    repeated: true,
  },
  { name: "read-only", summary: "root file system read-only, with an empty /tmp" },
  { name: "service", value: "NAME", summary: "Service of a chart; the name of the app when absent" },
  { name: "pod-port", value: "N", summary: "port of a chart's pods, where it is not the one of the Service" },
  {
    name: "selector",
    value: "KEY=VALUE",
    summary: "label of a chart's pods; app.kubernetes.io/instance=NAME when absent; may stand more than once",
    repeated: true,
  },
  {
    name: "allow",
    value: "TO[:PORT]",
    summary:
      "what it begins where its namespace is closed: internet:443, lan, api, NAMESPACE/APP:PORT; may stand more than once",
    repeated: true,
  },
  {
    name: "default-deny",
    value: "WORD",
    summary: "what becomes of traffic in its namespace that nothing allows: let through, told of, or refused",
    choices: DENIALS,
  },
  ...WRITING,
];

/** Flags about a container of ours, which a chart is told in its values instead. */
export const OF_CONTAINERS = [
  "volume",
  "storage-class",
  "env",
  "secret",
  "timezone",
  "run-as",
  "network",
  "read-only",
] as const;
export const OF_CHARTS = ["repo", "chart-version", "service", "pod-port", "selector"] as const;
