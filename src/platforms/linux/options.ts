/** What a node says where its owner installs Linux on it: how it is reached, and what it calls its network card. */
import { userField } from "../../fields/fields.ts";
import { interfaceName } from "../interfaceName.ts";

export const linuxNodeOptions = {
  interface: interfaceName()
    .optional()
    .describe("network interface that carries the address of the node, by the name Linux gives it"),
  sshUser: userField(
    "user that the scripts log in as, root or one with sudo and no password; when absent as ssh itself decides, or that of the image where the machine is made",
  ),
} as const;

/** Of one node. */
export interface LinuxNodeOptions {
  readonly interface?: string;
  readonly sshUser?: string;
}
