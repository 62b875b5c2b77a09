import { z } from "zod";

// IFNAMSIZ is 16 with the final zero byte (Linux, include/uapi/linux/if.h).
export const interfaceName = () =>
  z
    .string()
    .regex(/^[a-zA-Z][a-zA-Z0-9._-]{0,14}$/, "expected the name of an interface, like ens18")
    .meta({ kind: "the name of an interface", example: "ens18" });
