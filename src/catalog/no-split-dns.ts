import { z } from "zod";
import type { Component } from "../model/component.ts";
import { lanPublishers } from "./publishing.ts";

export const noSplitDns: Component<Record<string, never>> = {
  id: "no-split-dns",
  slot: "split-dns",
  provider: "none",
  title: "No DNS server in the cluster",
  summary: "no address to spare; names get to the LAN by what writes them into its own DNS server, or not at all",
  options: z.strictObject({}),
  leavesNames: true,
  units: () => [],
  docs: {
    template: "components/no-split-dns/docs.md",
    view: (plan) => ({ written: lanPublishers(plan).map(({ component }) => component.title) }),
  },
};
