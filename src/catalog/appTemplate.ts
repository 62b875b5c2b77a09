/** What bjw-s' app-template makes of its values, for whoever looks for Services without rendering the chart. */
import { asMap, at, type Mapping } from "../model/unknown.ts";

export interface TemplateService {
  readonly name: string;
  readonly ports: readonly number[];
}

/** It is told by its values: no other chart has `controllers` at the top. */
export const isAppTemplate = (values: readonly Mapping[]): boolean =>
  values.some((value) => value["controllers"] !== undefined);

/**
 * `values`: of one release, later ones over earlier ones. A single Service is called as the release, several
 * `<release>-<key>`; `forceRename` and `nameOverride` come first
 * (charts/library/common of bjw-s, lib.determineResourceNameFromValues).
 */
export function templateServices(release: string, values: readonly Mapping[]): readonly TemplateService[] {
  const merged = Object.fromEntries(values.flatMap((value) => Object.entries(asMap(value["service"]))));
  const base = String(values.map((value) => at(value, "global", "fullnameOverride")).find(Boolean) ?? release);
  const enabled = Object.entries(merged).filter(([, service]) => at(service, "enabled") !== false);
  return enabled.map(([key, service]) => {
    const suffix = at(service, "nameOverride") ?? at(service, "suffix") ?? key;
    const plain = enabled.length === 1 && at(service, "nameOverride") === undefined;
    return {
      name: String(at(service, "forceRename") ?? (plain ? base : `${base}-${String(suffix)}`)),
      ports: Object.values(asMap(at(service, "ports"))).flatMap((port) => numberAt(port, "port")),
    };
  });
}

/** The number under a key, in a list; empty where none stands. */
export function numberAt(value: unknown, key: string): readonly number[] {
  const number = at(value, key);
  return typeof number === "number" ? [number] : [];
}
