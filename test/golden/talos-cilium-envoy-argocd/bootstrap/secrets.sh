#!/usr/bin/env bash
# Gives the cluster what has to be there before the secrets of this repository can be opened: the private key of age, and
# those secrets that are needed before anything is read from here. No value is shown, and none is an argument of a program.
# Needs kubectl, sops and a running API. May be repeated.
#
# The key is looked for where sops looks for it: in the file that SOPS_AGE_KEY_FILE names, or in its own.
set -euo pipefail
cd -- "$(dirname -- "${BASH_SOURCE[0]}")/.."

echo "secrets.age in homelab.yaml names nobody yet, so there is no key to give: gen secrets makes one" >&2
exit 2
