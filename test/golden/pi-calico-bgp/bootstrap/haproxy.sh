#!/usr/bin/env bash
# Puts HAProxy on the machine that carries the Kubernetes API. Needs ssh, and there Debian, Ubuntu or
# Raspberry Pi OS, and a user who is root or may do everything by sudo without a password.
#
#   bootstrap/haproxy.sh           every machine
#   bootstrap/haproxy.sh NAME…     these
#   SSH_USER=admin bootstrap/haproxy.sh
#
# May be repeated: what is in place stays as it is, and a configuration that is refused there replaces nothing.
set -euo pipefail
cd -- "$(dirname -- "${BASH_SOURCE[0]}")/.."

# name:user:address. Without a user SSH_USER is it, or ssh decides.
hosts=(
  allyrion::10.4.0.10
)

# Runs on the machine; its files are in ~/.cache/homelab-net by then.
on_machine() {
  set -euo pipefail
  # Users have no /usr/sbin in their path.
  PATH=$PATH:/usr/sbin:/sbin
  local files=$HOME/.cache/homelab-net
  as_root() {
    if [[ $(id -u) == 0 ]]; then "$@"; else sudo -n "$@"; fi
  }
  # put PROGRAM FILE CHECK…: installs the program, and its file once the check is content with it.
  put() {
    local program=$1 file=$2
    shift 2
    if ! command -v "$program" >/dev/null; then
      as_root apt-get update --quiet </dev/null
      as_root env DEBIAN_FRONTEND=noninteractive apt-get install --yes --quiet "$program" </dev/null
    fi
    as_root "$@" "$files/$file"
    if as_root cmp --silent "$files/$file" "/etc/$program/$file"; then
      echo "  $program has this configuration already"
      as_root systemctl enable --quiet --now "$program"
    else
      as_root install -D --mode=644 "$files/$file" "/etc/$program/$file"
      as_root systemctl enable --quiet "$program"
      as_root systemctl reload-or-restart "$program"
      echo "  $program has a new configuration"
    fi
  }
  put haproxy haproxy.cfg haproxy -c -f
}

# is_wanted NAME WANTED…: no name is every name.
is_wanted() {
  local name=$1 other
  shift
  if (($# == 0)); then return; fi
  for other in "$@"; do
    if [[ $other == "$name" ]]; then return; fi
  done
  return 1
}

for wanted in "$@"; do
  if [[ ! -d hosts/$wanted ]]; then
    echo "there is no machine $wanted below hosts/" >&2
    exit 2
  fi
done

for host in "${hosts[@]}"; do
  IFS=: read -r name user address <<<"$host"
  if ! is_wanted "$name" "$@"; then continue; fi
  echo "$name ($address)"
  user=${user:-${SSH_USER:-}}
  target=${user:+$user@}$address
  tar -C "hosts/$name" -cf - . | ssh "$target" "mkdir -p .cache/homelab-net && tar -C .cache/homelab-net -xf -"
  ssh "$target" bash -s <<<"$(declare -f on_machine); on_machine"
done
