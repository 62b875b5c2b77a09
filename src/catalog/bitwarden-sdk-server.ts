import { z } from "zod";
import { optionsOf } from "../model/chosen.ts";
import type { Component } from "../model/component.ts";
import type { Flow, Unit } from "../model/unit.ts";
import { anywhere } from "../model/workloads.ts";
import { asksInternet, asksServer, tcp } from "./begins.ts";
import { externalSecrets } from "./external-secrets.ts";
import { BITWARDEN_SDK_SERVER as NAME, EXTERNAL_SECRETS_NAMESPACE as NAMESPACE, SDK_SERVER } from "./externalStores.ts";
import { atUrl } from "./lanServer.ts";

const CERTIFICATE_UNIT = "bitwarden-certificate";

/** External Secrets has no words of Bitwarden's own, whose library is a program of 150 MB: this pod has it, and is asked over TLS. */
export const bitwardenSdkServer: Component<Record<string, never>> = {
  id: NAME,
  title: "Bitwarden SDK server",
  summary: "asks Bitwarden Secrets Manager for External Secrets; one small pod with a certificate of its own",
  options: z.strictObject({}),
  needed: (plan) => optionsOf(plan, externalSecrets)?.store === "bitwarden",
  requires: ["cert-manager"],
  units: () => [certificate, server],
  flows: () => [asked],
  begins: (plan) => {
    const { host, ports } = atUrl(optionsOf(plan, externalSecrets)?.server) ?? {};
    return host === undefined || ports === undefined
      ? [asksInternet(pods, tcp(443), ASKS)]
      : asksServer(pods, host, ports, plan, ASKS);
  },
  workloads: () => [anywhere(NAME, 64)],
  pins: [NAME],
  docs: {
    template: `components/${NAME}/docs.md`,
    fragments: { troubleshooting: `components/${NAME}/troubleshooting.md` },
    view: () => ({ namespace: NAMESPACE, secret: SDK_SERVER.secret, authority: SDK_SERVER.authority }),
  },
};

/** Its pod does not start without it. */
const certificate: Unit = {
  id: CERTIFICATE_UNIT,
  component: NAME,
  namespace: NAMESPACE,
  templates: `components/${NAME}/certificate`,
  view: { host: SDK_SERVER.host, secret: SDK_SERVER.secret, authority: SDK_SERVER.authority },
};

const server: Unit = {
  id: NAME,
  component: NAME,
  namespace: NAMESPACE,
  release: { name: NAME, chart: NAME, values: `components/${NAME}/values.yaml` },
  after: [CERTIFICATE_UNIT],
  restricted: true,
  view: {},
};

const ASKS = "it asks Bitwarden for secrets";

/** Labels of the chart's pod (v0.6.0, templates/_helpers.tpl: selectorLabels). */
const pods = {
  namespace: NAMESPACE,
  labels: { "app.kubernetes.io/instance": NAME, "app.kubernetes.io/name": NAME },
};

/** Labels of who fetches are those of External Secrets 2.9.0. */
const asked: Flow = {
  unit: NAME,
  namespace: NAMESPACE,
  name: NAME,
  to: pods.labels,
  from: [
    {
      namespace: NAMESPACE,
      labels: { "app.kubernetes.io/instance": externalSecrets.id, "app.kubernetes.io/name": externalSecrets.id },
    },
  ],
  ports: [{ port: SDK_SERVER.port, protocol: "TCP" }],
  because: "External Secrets asks Bitwarden through it, with the token that opens the project",
};
