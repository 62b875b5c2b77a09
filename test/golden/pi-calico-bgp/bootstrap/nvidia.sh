#!/usr/bin/env bash
# Installs what gives containers a card of NVIDIA (NVIDIA Container Toolkit) on the nodes that have one. Needs ssh, and there
# Debian or Ubuntu with the driver of the card, and a user who is root or may do everything by sudo without a password.
#
#   bootstrap/nvidia.sh           every node with a card
#   bootstrap/nvidia.sh NAME…     these
#
# May be repeated: what is in place stays as it is, and only a change restarts what runs containers.
set -euo pipefail
cd -- "$(dirname -- "${BASH_SOURCE[0]}")/.."

# service:name:user:address. Without a user ssh decides.
machines=(
  containerd:velaryon::10.4.0.30
)

# as_root USER ADDRESS: root there does what comes in on standard input.
as_root() {
  ssh -o BatchMode=yes -o ConnectTimeout=10 -o StrictHostKeyChecking=accept-new -- "${1:+$1@}$2" \
    'if [ "$(id -u)" = 0 ]; then exec bash -s; else exec sudo -n bash -s; fi'
}

# On the machine. toolkit SERVICE CONFIGURATION: packages of NVIDIA, and what containerd is told of them.
toolkit() {
  set -euo pipefail
  local service=$1 configuration=$2 changed='' source
  export DEBIAN_FRONTEND=noninteractive
  if [[ ! -e /proc/driver/nvidia/version ]]; then
    echo "  there is no driver yet: the card is counted once it is there"
  fi
  if ! command -v curl >/dev/null; then
    apt-get update --quiet
    apt-get install --yes --quiet ca-certificates curl
  fi
  mkdir -p /etc/apt/keyrings
  [[ -s /etc/apt/keyrings/nvidia-container-toolkit.asc ]] ||
    curl --fail --silent --show-error --location https://nvidia.github.io/libnvidia-container/gpgkey --output /etc/apt/keyrings/nvidia-container-toolkit.asc
  chmod 644 /etc/apt/keyrings/nvidia-container-toolkit.asc
  # apt itself puts the architecture in.
  # shellcheck disable=SC2016
  source='deb [signed-by=/etc/apt/keyrings/nvidia-container-toolkit.asc] https://nvidia.github.io/libnvidia-container/stable/deb/$(ARCH) /'
  if [[ ! -e /etc/apt/sources.list.d/nvidia-container-toolkit.list || $(</etc/apt/sources.list.d/nvidia-container-toolkit.list) != "$source" ]]; then
    printf '%s\n' "$source" >/etc/apt/sources.list.d/nvidia-container-toolkit.list
    chmod 644 /etc/apt/sources.list.d/nvidia-container-toolkit.list
  fi
  if ! command -v nvidia-container-runtime >/dev/null; then
    apt-get update --quiet
    apt-get install --yes --quiet nvidia-container-toolkit
    changed=yes
  fi
  if [[ -n $configuration ]]; then
    mkdir -p /etc/containerd/conf.d
    if [[ ! -e /etc/containerd/conf.d/99-nvidia.toml || $(</etc/containerd/conf.d/99-nvidia.toml) != "$configuration" ]]; then
      printf '%s\n' "$configuration" >/etc/containerd/conf.d/99-nvidia.toml
      chmod 644 /etc/containerd/conf.d/99-nvidia.toml
      changed=yes
    fi
    if ! grep -qxF "imports = ['/etc/containerd/conf.d/*.toml']" /etc/containerd/config.toml; then
      sed -i "s|^imports = .*|imports = ['/etc/containerd/conf.d/*.toml']|" /etc/containerd/config.toml
      grep -q '^imports = ' /etc/containerd/config.toml || sed -i "1i imports = ['/etc/containerd/conf.d/*.toml']" /etc/containerd/config.toml
      changed=yes
    fi
  fi
  if [[ -z $changed ]]; then
    echo "  it is there already"
  elif systemctl is-active --quiet "$service"; then
    systemctl restart "$service"
    echo "  it is there, and $service was restarted"
  else
    echo "  it is there; $service finds it when it starts"
  fi
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
  [[ " ${machines[*]} " == *:"$wanted":* ]] || { echo "no node with a card of NVIDIA is called $wanted" >&2; exit 2; }
done

configuration=$(<bootstrap/nvidia.toml)
for machine in "${machines[@]}"; do
  IFS=: read -r service name user address <<<"$machine"
  is_wanted "$name" "$@" || continue
  echo "$name ($address)"
  {
    declare -f toolkit
    printf 'toolkit %q %q </dev/null\n' "$service" "$configuration"
  } | as_root "$user" "$address"
done
