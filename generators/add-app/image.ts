/** `ghcr.io/owner/app:1.2.3`: the name of an image with a version that stays what it is. */
import { UserError } from "../../src/model/errors.ts";
import type { Image } from "../../src/compose/newApp/app.ts";

// The grammar of the registries (distribution/reference, regexp.go), without host names in brackets.
const PART = "[a-z0-9]+(?:(?:[._]|__|-+)[a-z0-9]+)*";
const HOST =
  "(?:[a-zA-Z0-9](?:[a-zA-Z0-9-]*[a-zA-Z0-9])?(?:\\.[a-zA-Z0-9](?:[a-zA-Z0-9-]*[a-zA-Z0-9])?)*(?::\\d{1,5})?/)?";
const IMAGE = new RegExp(`^(${HOST}${PART}(?:/${PART})*)(?::(\\w[\\w.-]{0,127}))?(?:@(sha256:[0-9a-f]{64}))?$`);

/** Tags that are moved to every new version, by the habit of those who make images. */
const MOVING = new Set(["latest", "stable", "main", "master", "edge", "nightly", "develop", "dev", "rolling"]);

const WHY =
  "A pod that starts again would get whatever is newest then, Renovate has nothing to compare with, and nobody can go back.";

export function parseImage(text: string): Image {
  const [, repository, tag, digest] = IMAGE.exec(text) ?? [];
  if (repository === undefined)
    throw new UserError(`${text} is no image`, "such as docker.io/library/nginx:1.29.3, or ghcr.io/owner/app:v1.2.0");
  if (tag === undefined && digest === undefined)
    throw new UserError(`${text} names no version. ${WHY}`, `${repository}:VERSION, as its registry lists them`);
  if (tag === undefined)
    throw new UserError(
      `${text} has a digest and no tag: it could not be told which version that is, and Renovate finds none newer`,
      `${repository}:VERSION@${digest}`,
    );
  if (MOVING.has(tag.toLowerCase()) && digest === undefined)
    throw new UserError(
      `${text}: ${tag} moves with every release. ${WHY}`,
      `${repository}:VERSION; or ${repository}:${tag}@sha256:… where there are no versions, and Renovate moves the digest`,
    );
  return { repository, tag: digest === undefined ? tag : `${tag}@${digest}` };
}
