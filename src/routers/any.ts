import { brand, FRR_CONFIGURATION } from "./files.ts";

/** A router whose software nobody named, or that nothing here has words for: what it has to do, for whoever knows its pages. */
export const any = brand({ id: "any", title: "any router", software: [], configurations: FRR_CONFIGURATION });
