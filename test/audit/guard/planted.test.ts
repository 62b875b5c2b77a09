/** Secrets of every kind, each where people leave it: found, called what it is, and not repeated. */
import { describe, expect, it } from "vitest";
import { KINDS } from "../../../src/audit/guard/kinds.ts";
import { secrets } from "../../../src/audit/secrets.ts";
import { readSubject } from "../../../src/audit/subject.ts";
import { renderFindings } from "../../../src/ui/findings.ts";

const BASE62 = "q7Rt2Xw9Lm4Kz8Pv3Bn6Hc1Yj5Gd0SfAeTiUoQrWxMkNbVlZpCuDyEhJgFsIaO";
const HEX = "9f3a7c05e1b84d26";

/** Never the same everywhere, always the same each time: made here, so that no tool takes this file for a leak. */
const made = (length: number, letters = BASE62): string =>
  Array.from(
    { length },
    (_, index) => letters[(index * 7 + Math.floor(index / letters.length) * 3 + 5) % letters.length],
  ).join("");

const base64 = (length: number): string => `${made(length - 1)}=`;
const PEM_BODY = made(64);
const pem = (label: string): string => `-----BEGIN ${label}-----\n${PEM_BODY}\n-----END ${label}-----\n`;

interface Planted {
  readonly id: string;
  readonly what: string;
  readonly file: string;
  readonly text: string;
  /** What must not be shown. */
  readonly secret: string;
}

const plant = (id: string, what: string, file: string, secret: string, text: (secret: string) => string): Planted => ({
  id,
  what,
  file,
  secret,
  text: text(secret),
});

const KEY = "SECRET-KEY";
const TOKEN = "SECRET-TOKEN";
const PASSWORD = "SECRET-PASSWORD";
const APP = "kubernetes/apps/default/photos/app";

const planted: readonly Planted[] = [
  plant(TOKEN, "a token of GitHub", "renovate.json", made(36), (s) => `{ "hostRules": [{ "token": "ghp_${s}" }] }\n`),
  plant(TOKEN, "a token of GitHub", ".env", made(82), (s) => `GITHUB_TOKEN=github_pat_${s}\n`),
  plant(TOKEN, "a token of GitLab", ".gitlab-ci.yml", made(20), (s) => `variables: { PUSH: glpat-${s} }\n`),
  plant(TOKEN, "a token of Forgejo or Gitea", ".env", made(40, HEX), (s) => `FORGEJO_TOKEN=${s}\n`),
  plant(TOKEN, "an access key of AWS", "backup.sh", made(16, "AB3CD5EF7GH2"), (s) => `aws_access_key_id=AKIA${s}\n`),
  plant(TOKEN, "a secret key of AWS", "s3/credentials", made(40), (s) => `aws_secret_access_key = ${s}\n`),
  plant(
    KEY,
    "a private key",
    "gcp.json",
    PEM_BODY,
    (s) => `{ "type": "service_account", "private_key": "-----BEGIN PRIVATE KEY-----\\n${s}\\n" }\n`,
  ),
  plant(
    TOKEN,
    "the key of a service account of Google Cloud",
    "gcp.json",
    PEM_BODY,
    (s) => `{ "private_key": "-----BEGIN PRIVATE KEY-----\\n${s}\\n" }\n`,
  ),
  plant(TOKEN, "an API key of Google", "maps.yaml", made(35), (s) => `url: https://maps.example/?key=AIza${s}\n`),
  plant(TOKEN, "a client secret of Azure", "azure.tf", `${made(31)}`, (s) => `secret_value = "ab28Q~${s}"\n`),
  plant(
    TOKEN,
    "a token of DigitalOcean",
    "dns.yaml",
    made(64, HEX),
    (s) => `env: [{ name: DO, value: dop_v1_${s} }]\n`,
  ),
  plant(TOKEN, "a token of Hetzner", "hcloud.env", made(64), (s) => `HCLOUD_TOKEN=${s}\n`),
  plant(TOKEN, "a token of Cloudflare", "dns.yaml", `${made(40)}${made(8, HEX)}`, (s) => `value: cfut_${s}\n`),
  plant(TOKEN, "a token of Cloudflare", ".envrc", made(40), (s) => `export CLOUDFLARE_API_TOKEN=${s}\n`),
  plant(
    TOKEN,
    "the credentials of a tunnel of Cloudflare",
    "cloudflare-tunnel.json",
    base64(44),
    (s) => `{"AccountTag":"a","TunnelSecret":"${s}","TunnelID":"b"}\n`,
  ),
  plant(
    TOKEN,
    "the token of a tunnel of Cloudflare",
    "tunnel.service",
    made(120),
    (s) => `ExecStart=cloudflared tunnel run --token eyJhIjoi${s}\n`,
  ),
  plant(
    TOKEN,
    "a key of Tailscale",
    "user-data.yaml",
    `${made(16)}-${made(32)}`,
    (s) => `runcmd: [tailscale up --auth-key=tskey-auth-${s}]\n`,
  ),
  plant(
    TOKEN,
    "a webhook of Slack",
    "alertmanager.yaml",
    `T0${made(9)}/B0${made(9)}/${made(24)}`,
    (s) => `url: https://hooks.slack.com/services/${s}\n`,
  ),
  plant(
    TOKEN,
    "a token of Slack",
    "bot.yaml",
    `${made(12, "0123456789")}-${made(24)}`,
    (s) => `args: [--slack=xoxb-${s}]\n`,
  ),
  plant(
    TOKEN,
    "a webhook of Discord",
    "provider.yaml",
    made(68),
    (s) => `address: https://discord.com/api/webhooks/123456789012345678/${s}\n`,
  ),
  plant(
    TOKEN,
    "a token of a bot of Telegram",
    "notify.yaml",
    made(35),
    (s) => `url: https://api.telegram.org/bot1234567890:${s}/sendMessage\n`,
  ),
  plant(
    TOKEN,
    "a token of a service account of 1Password",
    "bootstrap/op.sh",
    made(200),
    (s) => `op_token=ops_eyJ${s}\n`,
  ),
  plant(TOKEN, "a token of Vault", "vault.hcl", made(95), (s) => `auth = "hvs.${s}"\n`),
  plant(TOKEN, "an unseal key of Vault", "docs/notes/vault.md", base64(44), (s) => `Unseal Key 1: ${s}\n`),
  plant(TOKEN, "a token of K3s", "k3s/config.yaml", made(32, HEX), (s) => `token: K10${made(64, HEX)}::server:${s}\n`),
  plant(
    TOKEN,
    "a token that joins machines to the cluster",
    "join.sh",
    `${made(6, "a1b2c3d4e5")}.${made(16, "f6g7h8i9j0k")}`,
    (s) => `kubeadm join 10.0.0.1:6443 --token ${s}\n`,
  ),
  plant(
    TOKEN,
    "a secret of Talos",
    "talos/secrets.yaml",
    base64(44),
    (s) => `secrets:\n  secretboxencryptionsecret: ${s}\n`,
  ),
  plant(TOKEN, "a key of WireGuard", "hosts/gate/wg0.conf", base64(44), (s) => `[Interface]\nPrivateKey = ${s}\n`),
  plant(
    TOKEN,
    "a TSIG key",
    "named.conf",
    base64(44),
    (s) => `key "dns" {\n  algorithm hmac-sha256;\n  secret "${s}";\n};\n`,
  ),
  plant(TOKEN, "the hash of a password", `${APP}/users.htpasswd`, made(53), (s) => `me:$2y$10$${s}\n`),
  plant(
    TOKEN,
    "the hash of a password",
    "AdGuardHome.yaml",
    made(53),
    (s) => `users: [{ name: me, password: $2a$10$${s} }]\n`,
  ),
  plant(
    TOKEN,
    "a JSON web token",
    "config",
    `${made(60)}.${made(43)}`,
    (s) => `users: [{ user: { token: eyJhbGciOi.eyJ${s} } }]\n`,
  ),
  plant(TOKEN, "a token of npm", ".npmrc", made(36), (s) => `//registry.npmjs.org/:_authToken=npm_${s}\n`),
  plant(TOKEN, "a token of Docker Hub", "ci.yaml", made(27), (s) => `run: docker login --password dckr_pat_${s}\n`),
  plant(
    TOKEN,
    "the login of a registry",
    ".docker/config.json",
    base64(24),
    (s) => `{ "auths": { "ghcr.io": { "auth": "${s}" } } }\n`,
  ),
  plant(TOKEN, "a token of Grafana", "agent.river", `${made(32)}_${made(8, HEX)}`, (s) => `bearer = "glsa_${s}"\n`),
  plant(
    TOKEN,
    "a token of Proxmox",
    "proxmox.auto.tfvars",
    "3f8a1c52-9d4e-4b67-8a01-5c2e7f9b3d10",
    (s) => `api = "terraform@pve!gen=${s}"\n`,
  ),
  plant(TOKEN, "a login in a header of HTTP", "hook.sh", base64(28), (s) => `curl -H "Authorization: Basic ${s}"\n`),
  plant(
    TOKEN,
    "a password in an address",
    `${APP}/values.yaml`,
    "c0rrect-h0rse",
    (s) => `DATABASE_URL: postgres://photos:${s}@db/photos\n`,
  ),
  plant(
    TOKEN,
    "a password of a router",
    "routers/edge/frr.conf",
    "c0rrecth0rse",
    (s) => ` neighbor 10.0.0.2 password ${s}\n`,
  ),
  plant(
    TOKEN,
    "a password of a router",
    "routers/edge/homelab.rsc",
    "c0rrecth0rse",
    (s) => `/routing bgp connection set 0 tcp-md5-key=${s}\n`,
  ),
  plant(
    TOKEN,
    "a password of a router",
    "routers/edge/homelab.vyos",
    "c0rrecth0rse",
    (s) => `set protocols bgp neighbor 10.0.0.2 password '${s}'\n`,
  ),
  plant(
    TOKEN,
    "a password of a router",
    "routers/edge/bird.conf",
    "c0rrecth0rse",
    (s) => `protocol bgp a { password "${s}"; }\n`,
  ),
  plant(
    TOKEN,
    "a password in a configuration of OPNsense or pfSense",
    "routers/edge/config.xml",
    "c0rrecth0rse",
    (s) => `<user><password>${s}</password></user>\n`,
  ),
  plant(KEY, "a private key", "ssh/id_ed25519", PEM_BODY, () => pem("OPENSSH PRIVATE KEY")),
  plant(KEY, "a private key", "signing.asc", PEM_BODY, () =>
    pem("PGP PRIVATE KEY BLOCK").replace("-----\n", "-----\n\n"),
  ),
  plant(
    KEY,
    "a private key in base64",
    "kubeconfig.yaml",
    btoa(PEM_BODY),
    () => `users: [{ user: { client-key-data: ${btoa(pem("EC PRIVATE KEY"))} } }]\n`,
  ),
  plant(
    KEY,
    "the private key of age",
    "keys.txt",
    made(58, "QPZRY9X8GF2TVDW0S3JN54KHCE6MUA7L"),
    (s) => `AGE-SECRET-KEY-1${s}\n`,
  ),
  plant(
    PASSWORD,
    "adminPassword in plain text",
    `${APP}/values.yaml`,
    "hunter2",
    (s) => `grafana:\n  adminPassword: ${s}\n`,
  ),
  plant(
    PASSWORD,
    "WEBPASSWORD in plain text",
    "pihole/compose.yaml",
    "hunter2",
    (s) => `services: { pihole: { environment: ["WEBPASSWORD=${s}"] } }\n`,
  ),
  plant(
    PASSWORD,
    "UNIFI_PASS in plain text",
    `${APP}/values.yaml`,
    "hunter2",
    (s) => `env:\n  - name: UNIFI_PASS\n    value: ${s}\n`,
  ),
  plant(PASSWORD, "DB_PASSWORD in plain text", ".env", "hunter2", (s) => `DB_PASSWORD=${s}\n`),
  plant(
    PASSWORD,
    "password in plain text",
    "chart/templates/a.yaml",
    "hunter2",
    (s) => `a: {{ .Values.a }}\n{{ if }}\npassword: ${s}\n`,
  ),
  plant(PASSWORD, "api_key in plain text", "arr/config.toml", made(32, HEX), (s) => `api_key = "${s}"\n`),
  plant(PASSWORD, "password in plain text", "setup.sh", "hunter2", (s) => `#!/bin/sh\npassword=${s}\n`),
  plant(
    PASSWORD,
    "psk in plain text",
    "boards/pi/user-data.yaml",
    "hunter2hunter2",
    (s) => `write_files:\n  - content: |\n      network={\n        psk=${s}\n      }\n`,
  ),
  plant(PASSWORD, "pass in plain text", "wifi.yaml", "7".repeat(8), (s) => `pass: ${s}\n`),
];

const found = ({ file, text }: Pick<Planted, "file" | "text">) => {
  const chart = file.includes("/templates/") ? [["chart/Chart.yaml", "name: a\n"] as const] : [];
  return [...secrets(readSubject(new Map([...chart, [file, text]])))];
};

describe.each(planted)("$what in $file", (one) => {
  const findings = found(one);
  it("is found and called what it is", () => {
    expect(
      findings.filter(({ id }) => id === one.id).map(({ message }) => message.replace(/, and \d+ more$/, "")),
    ).toEqual([`${one.file} holds ${one.what}`]);
  });
  it("is not repeated", () => {
    const said = `${JSON.stringify(findings)}\n${renderFindings(findings)}`;
    for (let from = 0; from + 6 <= one.secret.length; from += 1)
      expect(said).not.toContain(one.secret.slice(from, from + 6));
  });
});

it("is every kind there is", () => {
  const tried = new Set(planted.map(({ what }) => what));
  expect(KINDS.map(({ what }) => what).filter((what) => !tried.has(what))).toEqual([]);
  expect(tried.size).toBeGreaterThan(40);
});

it("needs each of its patterns", () => {
  // A planted text that two patterns find would not notice that one is gone.
  const needed = KINDS.map(({ pattern }) =>
    planted.some(
      ({ text, what }) =>
        KINDS.some((kind) => kind.pattern === pattern && kind.what === what) &&
        [...text.matchAll(pattern)].length > 0 &&
        KINDS.filter((kind) => kind.what === what && [...text.matchAll(kind.pattern)].length > 0).length === 1,
    ),
  );
  expect(needed.every(Boolean)).toBe(true);
});

it("shows nothing of a second secret on the same line", () => {
  const text = `login: { password: hunter2, token: ghp_${made(36)} }\n`;
  const said = renderFindings(found({ file: "a.yaml", text }));
  expect(said).not.toMatch(/hunter2/);
  expect(said).toContain("ghp_…");
});

it("takes no longer for a file that is one long line", () => {
  for (const part of [
    "a",
    "a-",
    "=",
    "eyJ",
    "password ",
    "x@y!",
    "neighbor ",
    "-----BEGIN ",
    "1234567890:",
    "token: ",
  ]) {
    const before = performance.now();
    found({ file: "long.conf", text: part.repeat(Math.ceil(1_000_000 / part.length)) });
    expect([part, performance.now() - before < 8000]).toEqual([part, true]);
  }
}, 60_000);
