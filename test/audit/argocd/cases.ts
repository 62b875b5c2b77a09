/** The paths of the repository, and what every case of Argo CD has. */
import { change, type AuditCase } from "../case.ts";
import { application, folder } from "./repositoryFiles.ts";

export const ARGO = "kubernetes/argo";
export const APPS = "kubernetes/apps";
export const PHOTOS = `${APPS}/default/photos/app`;
export const ECHO = `${APPS}/default/echo/app`;
export const GATEWAY = `${APPS}/network/envoy-gateway/config`;
export const VALUES = `${APPS}/argocd/argo-cd/app/values.yaml`;

export const ofPhotos = `${ARGO}/apps/default/photos.yaml`;
export const ofEcho = `${ARGO}/apps/default/echo.yaml`;
export const ofGateways = `${ARGO}/apps/network/envoy-gateway.yaml`;
export const ofArgo = `${ARGO}/apps/argocd/argo-cd.yaml`;
export const ofTypes = `${ARGO}/apps/network/gateway-api.yaml`;

type Sides = Pick<AuditCase, "id" | "what" | "broken" | "nearMiss">;

export const argo = (cases: readonly Sides[]): readonly AuditCase[] =>
  cases.map((one): AuditCase => ({ ...one, engine: "argocd" }));

/** The same place, written in two ways. */
export const inOne = (path: string, find: string, broken: string, nearMiss: string) => ({
  broken: { [path]: change(find, broken) },
  nearMiss: { [path]: change(find, nearMiss) },
});

/** One more Application with a folder of its own. */
export const more = (
  objects: Readonly<Record<string, string>>,
  source = folder(`${APPS}/default/more/app`),
  wave = 2,
) => ({
  [`${ARGO}/apps/default/more.yaml`]: application("more", wave, "default", source, "network"),
  ...Object.fromEntries(
    Object.entries(objects).map(([name, text]) => [`${APPS}/default/more/app/${name}`, text] as const),
  ),
});

export const configMap = (name: string, lines = ""): string =>
  `apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: ${name}\n${lines}`;
