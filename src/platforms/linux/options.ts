/** What a node says where its owner installs Linux on it: how it is reached, and what it calls its network card. */
import { z } from "zod";
import { interfaceName } from "../interfaceName.ts";

export const linuxNodeOptions = {
  interface: interfaceName()
    .optional()
    .describe("network interface that carries the address of the node, by the name Linux gives it"),
  // useradd(8) of Debian takes these; a dollar at the end is for machines of Samba.
  sshUser: z
    .string()
    .regex(/^[a-z_][a-z0-9_-]{0,31}$/, "expected the name of a user, like root or pi")
    .optional()
    .describe(
      "user that the scripts log in as, root or one with sudo and no password; when absent as ssh itself decides, or that of the image where the machine is made",
    )
    .meta({ kind: "the name of a user", example: "root" }),
} as const;

/** Of one node. */
export interface LinuxNodeOptions {
  readonly interface?: string;
  readonly sshUser?: string;
}
