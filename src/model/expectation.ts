/**
 * What has to hold outside the repository for a part of it to work, and no file can tell. Data: `gen doctor` makes
 * probes of it, so a component says what it depends on and never how that is looked at.
 */
import type { Ip } from "./address.ts";
import type { SpecPath } from "./finding.ts";
import type { Hostname, Label } from "./names.ts";

export type Expectation =
  /** The internet asks servers of this host for the names of a domain. */
  | {
      readonly kind: "delegated";
      readonly domain: Hostname;
      /** Of the host: its title, and what the names of its servers look like. */
      readonly host: string;
      readonly servers: RegExp;
      /** Who writes records there. */
      readonly by: string;
    }
  /** The domain lets this authority issue certificates, also for `*.domain`. */
  | { readonly kind: "may-issue"; readonly domain: Hostname; readonly authority: string; readonly title: string }
  /** This server answers for the domain, and the resolvers of the LAN send their questions about it there. */
  | { readonly kind: "serves"; readonly domain: Hostname; readonly server: Ip; readonly title: string }
  /** The internet knows the name once the cluster runs. */
  | { readonly kind: "public"; readonly name: Hostname; readonly by: string }
  /** A program on a machine outside the cluster; `fix` is what brings it there. */
  | {
      readonly kind: "listens";
      readonly title: string;
      readonly name: Label;
      readonly address: Ip;
      readonly port: number;
      readonly path: SpecPath;
      readonly fix: string;
    }
  /** The internet knows the name by the public address of the house. */
  | { readonly kind: "home"; readonly name: Hostname }
  /** Machines of a distribution are known by a port that is open from the first boot; `fix` is how one gets there. */
  | { readonly kind: "machine"; readonly port: number; readonly title: string; readonly fix: string };
