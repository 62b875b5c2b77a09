import { z } from "zod";

/** A folder that every node has. No character that a shell or a chart would read as something else. */
export const folderOption = (description: string) =>
  z
    .string()
    .regex(/^(?:\/[A-Za-z0-9][A-Za-z0-9._-]*)+$/, "expected the path of a folder, like /mnt/ssd/volumes")
    .optional()
    .describe(description)
    .meta({ kind: "a path", example: "/mnt/ssd/volumes" });
