/** Secrets that are known by their form, wherever they stand. What is in `secret` is never shown. */

export interface SecretKind {
  /** As the end of a sentence: `a token of GitHub`. */
  readonly what: string;
  readonly source: string;
  /** Global, with indices; what stands before the group `secret` tells which kind it is. */
  readonly pattern: RegExp;
}

/** `name = "`, `name: `, `"name": "`: between a name and its value. */
const IS = String.raw`["']?[ \t]*[:=][ \t]*["']?`;

/** The value is random and has no mark of its own, so the name says whose it is. */
const named = (names: string, value: string): RegExp =>
  new RegExp(String.raw`(?<![a-z])(?:${names})${IS}(?<secret>${value})(?![\w+/-])`, "dgi");

export const KINDS: readonly SecretKind[] = [
  {
    what: "a token of GitHub",
    source: "docs.github.com, About authentication to GitHub, token formats",
    pattern: /\b(?:gh[opsur]_(?<secret>[0-9A-Za-z]{36,}))|\bgithub_pat_(?<secret2>\w{22,})/dg,
  },
  {
    what: "a token of GitLab",
    source: "docs.gitlab.com, Token overview, token prefixes",
    pattern: /\bgl(?:pat|dt|rt|ptt|ft|agent|cbt|imt|oas|soat|ffct)-(?<secret>[\w-]{20,})/dg,
  },
  {
    what: "a token of Forgejo or Gitea",
    source: "github.com/trufflesecurity/trufflehog/issues/4718: forty hexadecimal digits",
    pattern: named("(?:forgejo|gitea|codeberg)[\\w.-]{0,20}token", "[0-9a-f]{40}"),
  },
  {
    what: "an access key of AWS",
    source: "docs.aws.amazon.com, IAM identifiers, unique ID prefixes",
    pattern: /\b(?:AKIA|ASIA)(?<secret>[A-Z2-7]{16})\b/dg,
  },
  {
    what: "a secret key of AWS",
    source: "docs.aws.amazon.com, IAM, access keys: forty characters",
    pattern: named("aws_?secret_?(?:access_?)?key", "[A-Za-z0-9+/]{40}"),
  },
  {
    what: "the key of a service account of Google Cloud",
    source: "cloud.google.com, IAM, service account key file format",
    pattern: /"private_key"\s*:\s*"-----BEGIN (?<secret>(?:RSA )?PRIVATE KEY-----\\n)/dg,
  },
  {
    what: "an API key of Google",
    source: "github.com/gitleaks/gitleaks, gcp-api-key",
    pattern: /\bAIza(?<secret>[\w-]{35})(?![\w-])/dg,
  },
  {
    what: "a client secret of Azure",
    source: "github.com/gitleaks/gitleaks, azure-ad-client-secret",
    pattern: /(?<![\w~.-])(?<secret>[\w~.]{3}\dQ~[\w~.-]{31,34})(?![\w~.-])/dg,
  },
  {
    what: "a token of DigitalOcean",
    source: "docs.digitalocean.com, Create a Personal Access Token; github.com/gitleaks/gitleaks, digitalocean-pat",
    pattern: /\bdo[opr]_v1_(?<secret>[0-9a-f]{64})/dg,
  },
  {
    what: "a token of Hetzner",
    source: "github.com/hetznercloud/hcloud-cloud-controller-manager, token of 64 characters",
    pattern: named("(?:hcloud|hetzner)[\\w.-]{0,20}token", "[0-9A-Za-z]{32,64}"),
  },
  {
    what: "a token of Cloudflare",
    source: "developers.cloudflare.com, Fundamentals, token formats",
    pattern: /\bcf(?:k|ut|at)_(?<secret>[0-9A-Za-z]{40}[0-9a-f]{8})\b/dg,
  },
  {
    what: "a token of Cloudflare",
    source: "github.com/gitleaks/gitleaks, cloudflare-api-key: forty characters without a mark",
    pattern: named("(?:cloudflare|cf)[\\w.-]{0,20}(?:token|key)", "[\\w-]{40}"),
  },
  {
    what: "the credentials of a tunnel of Cloudflare",
    source: "github.com/cloudflare/cloudflared, connection.Credentials",
    pattern: /"TunnelSecret"\s*:\s*"(?<secret>[A-Za-z0-9+/]{40,}={0,2})"/dg,
  },
  {
    what: "the token of a tunnel of Cloudflare",
    source: "github.com/cloudflare/cloudflared, connection.TunnelToken: base64 of an object that begins with a",
    pattern: /\beyJhIjoi(?<secret>[A-Za-z0-9+/_-]{60,}={0,2})/dg,
  },
  {
    what: "a key of Tailscale",
    source: "tailscale.com/kb/1277, Key prefixes",
    pattern: /\btskey-(?:auth|api|client|scim|webhook)-(?<secret>\w{8,}-\w{16,})/dg,
  },
  {
    what: "a webhook of Slack",
    source: "docs.slack.dev, Sending messages using incoming webhooks",
    pattern: /hooks\.slack\.com\/(?:services|workflows|triggers)\/(?<secret>[A-Za-z0-9+/]{24,})/dg,
  },
  {
    what: "a token of Slack",
    source: "docs.slack.dev, Tokens",
    pattern: /\bxox[abeoprs]-(?<secret>[0-9A-Za-z-]{20,})/dg,
  },
  {
    what: "a webhook of Discord",
    source: "docs.discord.com, Webhook Resource, Execute Webhook",
    pattern: /discord(?:app)?\.com\/api\/(?:v\d+\/)?webhooks\/\d{16,20}\/(?<secret>[\w-]{60,})/dg,
  },
  {
    what: "a token of a bot of Telegram",
    source: "core.telegram.org/bots/api, Authorizing your bot",
    pattern: /(?<![\d:.-])\d{8,10}:(?<secret>[\w-]{35})(?![\w-])/dg,
  },
  {
    what: "a token of a service account of 1Password",
    source: "developer.1password.com, Service account security",
    pattern: /\bops_eyJ(?<secret>[\w+/-]{100,}={0,3})/dg,
  },
  {
    what: "an access token of a machine account of Bitwarden",
    source: "github.com/bitwarden/sdk-sm, crates/fake-server, README: version, id, client secret, key of 16 bytes",
    pattern: /\b0\.[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\.(?<secret>[0-9A-Za-z]{30}:[A-Za-z0-9+/]{22}==)/dg,
  },
  {
    what: "a token of Vault",
    source: "developer.hashicorp.com/vault, Tokens, token prefixes",
    pattern: /\bhv[bsr]\.(?<secret>[\w-]{24,})/dg,
  },
  {
    what: "an unseal key of Vault",
    source: "developer.hashicorp.com/vault, operator init",
    pattern: /(?:Unseal|Recovery) Key \d+: (?<secret>[A-Za-z0-9+/]{43,44}=?)/dg,
  },
  {
    what: "a token of K3s",
    source: "docs.k3s.io/cli/token, Token Format",
    pattern: /\bK10(?<secret>[0-9a-f]{64}::\S{8,})/dg,
  },
  {
    what: "a token that joins machines to the cluster",
    source: "kubernetes.io, Authenticating with Bootstrap Tokens, token format",
    pattern: /\btoken["']?[ \t]*[:= ][ \t]*["']?(?<secret>[a-z0-9]{6}\.[a-z0-9]{16})(?![\w.])/dgi,
  },
  {
    what: "a secret of Talos",
    source: "github.com/siderolabs/talos, machinery/config/generate/secrets",
    pattern: named("(?:secretbox|aescbc)encryptionsecret", "[A-Za-z0-9+/]{43}="),
  },
  {
    what: "a key of WireGuard",
    source: "man 8 wg, configuration file format",
    pattern: /\b(?:PrivateKey|PresharedKey)[ \t]*=[ \t]*(?<secret>[A-Za-z0-9+/]{43}=)/dg,
  },
  {
    what: "a TSIG key",
    source: "bind9.readthedocs.io, key block; tsig-keygen",
    pattern: /\balgorithm[ \t]+"?hmac-\w+(?:-\d+)?"?;\s*secret[ \t]+"?(?<secret>[A-Za-z0-9+/]{16,}={0,2})/dg,
  },
  {
    what: "the hash of a password",
    source: "httpd.apache.org, Password Formats; man 5 crypt",
    pattern: /(?:\$(?:2[abxy]\$\d\d|apr1|1|5|6|y|7|gy)\$|\{SHA\})(?<secret>[A-Za-z0-9./$=+]{20,})/dg,
  },
  {
    what: "a JSON web token",
    source: "RFC 7519; kubernetes.io, Service account tokens",
    pattern: /\beyJ[\w-]{5,}\.eyJ(?<secret>[\w-]{10,}\.[\w-]{10,})/dg,
  },
  {
    what: "a token of npm",
    source: "docs.npmjs.com, About access tokens; github.blog, npm token format",
    pattern: /\bnpm_(?<secret>[0-9A-Za-z]{36})\b/dg,
  },
  {
    what: "a token of Docker Hub",
    source: "docs.docker.com, Personal access tokens; github.com/secretlint/secretlint, rule-docker",
    pattern: /\bdckr_(?:pat|oat)_(?<secret>[\w-]{20,})/dg,
  },
  {
    what: "the login of a registry",
    source: "docs.docker.com, docker login, config.json: base64 of user and password",
    pattern: /"auth"\s*:\s*"(?<secret>[A-Za-z0-9+/]{12,}={0,2})"/dg,
  },
  {
    what: "a token of Grafana",
    source: "github.com/gitleaks/gitleaks, grafana-service-account-token, grafana-cloud-api-token",
    pattern: /\bgl(?:sa|c)_(?<secret>[A-Za-z0-9+/_]{32,})/dg,
  },
  {
    what: "a token of Proxmox",
    source: "pve.proxmox.com, Proxmox VE API, API tokens: USER@REALM!TOKENID=UUID",
    pattern: /@(?<=[\w.-]@)[\w.-]{1,64}![\w.-]{1,64}=(?<secret>[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\b/dg,
  },
  {
    what: "a login in a header of HTTP",
    source: "RFC 9110, Authorization",
    pattern: /\bauthorization["']?[ \t]*[:=][ \t]*["']?(?:basic|bearer|token) (?<secret>[\w+/~.-]{16,}={0,2})/dgi,
  },
  {
    what: "a password in an address",
    source: "RFC 3986, 3.2.1 User Information",
    pattern:
      /:\/\/(?<=[a-z][a-z0-9+.-]{1,30}:\/\/)[^\s:/@"'`<>{}$()]{1,100}:(?<secret>[^\s:/@"'`<>{}$()]{4,100})@[\w[]/dgi,
  },
  {
    what: "a login in a file of netrc",
    source: "everything.curl.dev, .netrc: machine NAME login NAME password TEXT",
    pattern: /\bmachine\s{1,8}\S{1,200}\s{1,8}login\s{1,8}\S{1,100}\s{1,8}password\s{1,8}(?<secret>[^\s$<{]\S{3,})/dg,
  },
  {
    what: "a login of curl",
    source: "curl.se, man page, --user NAME:PASSWORD",
    pattern:
      /\bcurl\b[^\n|;&]{0,200}?[ \t](?:-u|--user|--proxy-user)[ \t=]?["']?[^\s:"'$<{]{1,100}:(?<secret>[^\s"'$<{]{4,})/dg,
  },
  {
    what: "a password of a router",
    source:
      "docs.frrouting.org, neighbor PEER password; docs.vyos.io, bgp neighbor password; help.mikrotik.com, tcp-md5-key",
    pattern:
      /\b(?:neighbor[ \t]+\S{1,64}[ \t]+password|password[ \t]+[0578]|plaintext-password|enable password|tcp-md5-key[ =])[ \t]*["']?(?<secret>[^\s"';]{4,})/dg,
  },
  {
    what: "a password of a router",
    source: "docs.vyos.io and bird.nic.cz: password followed by a quoted text",
    pattern: /\bpassword[ \t]+(?:"(?<secret>[^"\n]{4,})"|'(?<secret2>[^'\n]{4,})')/dg,
  },
  {
    what: "a password in a configuration of OPNsense or pfSense",
    source: "docs.opnsense.org, Configuration backups: config.xml",
    pattern: /<(?:password|psk|pre-shared-key|md5pass|prv|secret|apikey|privkey)>(?<secret>[^<\s]{6,})</dg,
  },
];
