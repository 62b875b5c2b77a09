/** What reads a repository that is not everybody's, and where it is made. Engines call the parts of it differently. */
import type { Plan } from "../model/plan.ts";
import type { SecretNeed } from "../model/unit.ts";

export interface Names {
  /** The private half of a deploy key. */
  readonly key: string;
  readonly username: string;
  readonly password: string;
  /** Keys by which the host is known over ssh, where they are part of the Secret. */
  readonly knownHosts?: string;
}

export function accessKeys({ access, url }: Plan["repository"], names: Names): SecretNeed["keys"] {
  const { hostname } = new URL(url);
  if (access === "deploy-key")
    return [
      {
        key: names.key,
        what: "private half of a key that may read the repository",
        from: `ssh-keygen -t ed25519 -N '' -C gitops -f deploy-key; deploy-key.pub goes to the repository's settings as a deploy key without write access`,
      },
      ...(names.knownHosts === undefined
        ? []
        : [
            {
              key: names.knownHosts,
              what: `keys by which ${hostname} is known`,
              from: `ssh-keyscan ${hostname}, compared with what ${hostname} publishes`,
            },
          ]),
    ];
  return [
    {
      key: names.username,
      what: `your user name at ${hostname}, or any where it takes tokens alone`,
      from: `your account at ${hostname}`,
    },
    {
      key: names.password,
      what: "access token that may read the contents of this one repository",
      from: `the settings of your account at ${hostname}: access tokens`,
    },
  ];
}
