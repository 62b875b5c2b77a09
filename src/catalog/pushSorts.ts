/** Ways in which Git hosts sign what they tell of a push. */
import { chosenIn } from "../model/chosen.ts";
import type { Plan } from "../model/plan.ts";

export type PushSort = "github" | "gitlab" | "gogs" | "generic-hmac";

/** The Secret with the text that both know. */
export const PUSH_TOKEN = "push-webhook-token";

/** Flux knows Gitea and Forgejo by the headers of GitHub they send as well; Argo CD reads those of Gogs first (util/webhook). */
export function hostSort({ repository, engine }: Plan): PushSort {
  const { hostname } = new URL(repository.url);
  if (hostname.includes("gitlab")) return "gitlab";
  return engine === "flux" || hostname.includes("github") ? "github" : "gogs";
}

/** Undefined where nobody is told of pushes. */
export function pushSort(plan: Plan): PushSort | undefined {
  const push = chosenIn(plan, "notifications").find(({ component }) => component.provider === "push");
  return push && ((push.options as { readonly from?: PushSort }).from ?? hostSort(plan));
}
