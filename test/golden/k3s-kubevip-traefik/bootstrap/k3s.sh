#!/usr/bin/env bash
# From machines with Linux that answer over SSH to a running Kubernetes API. Needs ssh and curl.
#
#   bootstrap/k3s.sh            all steps
#   bootstrap/k3s.sh config     one of: check token config install kubeconfig
#   bootstrap/k3s.sh programs   brings what volumes are mounted with, to machines that run as well
#   bootstrap/k3s.sh snapshot   saves etcd on the first server that has it
#   ONLY=NAME[,NAME] bootstrap/k3s.sh config    no other machine is touched
#
# Every step may be repeated: `config` brings what changed below k3s/, `install` the version below, to one machine after
# the other. The token stays in k3s/token, which git ignores: back it up, snapshots of etcd are of no use without it.
set -euo pipefail
cd -- "$(dirname -- "${BASH_SOURCE[0]}")/.."
umask 077

# What is installed, and what `install` upgrades to.
# renovate: datasource=github-releases depName=k3s-io/k3s
k3s_version=PIN-k3s

cluster=k3s
endpoint=https://192.168.1.230:6443
api_port=6443
token=k3s/token

# What volumes are mounted with: package of Debian and its kind, program, service of systemd.
programs=''

# role:name:address:user; the server that starts the cluster first, agents last. Without a user ssh decides.
machines=(
  server:k3s-1:192.168.1.11
  server:k3s-2:192.168.1.12
  server:k3s-3:192.168.1.13
  agent:k3s-4:192.168.1.14
)
first=${machines[0]}

# only NAME: whether ONLY, where it says something, has the machine.
: "${ONLY:=}"
only() {
  [[ -z $ONLY || ,$ONLY, == *,"$1",* ]]
}

# as_root MACHINE: root there does what comes in on standard input.
as_root() {
  local address user
  IFS=: read -r _ _ address user <<<"$1"
  ssh -o BatchMode=yes -o ConnectTimeout=10 -o StrictHostKeyChecking=accept-new -- "${user:+$user@}$address" \
    'if [ "$(id -u)" = 0 ]; then exec sh -s; else exec sudo -n sh -s; fi'
}

# put PATH: lines for as_root that write what comes in on standard input to PATH, where it differs.
put() {
  printf "put %s <<'END'\n" "$1"
  base64
  printf 'END\n'
}

# What the lines of put call. `changed` has what was written.
# shellcheck disable=SC2016 # the other shell expands it
receive='set -eu
umask 077
changed=
put() {
  new=$(mktemp)
  base64 -d >"$new"
  if cmp -s -- "$new" "$1"; then rm -f -- "$new"; return; fi
  mkdir -p -- "$(dirname -- "$1")"
  mv -f -- "$new" "$1"
  changed="$changed $1"
}'

# What K3s needs of a machine, a line for each that is missing.
# shellcheck disable=SC2016 # the other shell expands it
needs='case $(uname -m) in
  x86_64 | aarch64) ;;
  *) echo "K3s is not made for a processor of type $(uname -m)" ;;
esac
command -v systemctl >/dev/null || echo "systemd does not run it"
command -v curl >/dev/null || command -v wget >/dev/null || echo "neither curl nor wget is installed"
ip -o address show | grep -qF " $address/" || echo "it answers at $address and has another address; two machines may share it"
if [ ! -e /sys/fs/cgroup/cgroup.controllers ]; then
  echo "it has cgroups of version 1, without which Kubernetes has done since 1.35"
elif ! grep -qw memory /sys/fs/cgroup/cgroup.controllers; then
  echo "the memory cgroup is off; a Raspberry Pi wants cgroup_memory=1 cgroup_enable=memory in its cmdline.txt"
fi'

# Looks at every machine before anything is changed on one.
step_check() {
  local machine name address found failed=
  for machine in "${machines[@]}"; do
    IFS=: read -r _ name address _ <<<"$machine"
    only "$name" || continue
    if ! found=$(printf 'address=%s\n%s\n' "$address" "$needs" | as_root "$machine" 2>&1); then
      printf '%s (%s) cannot be logged in to as root, or with sudo and no password:\n%s\n' "$name" "$address" "$found" >&2
      failed=yes
    elif [[ -n $found ]]; then
      printf '%s (%s): %s\n' "$name" "$address" "$found" >&2
      failed=yes
    else
      echo "$name ($address) is ready for K3s"
    fi
  done
  [[ -z $failed ]] || { echo "docs/bootstrap.md says how machines are prepared" >&2; exit 1; }
}

# On the machine: installs what is missing of `wanted`. Another Linux may have a package by another name.
# shellcheck disable=SC2016 # the other shell expands it
install_programs='set -eu
PATH=$PATH:/usr/sbin:/sbin
export DEBIAN_FRONTEND=noninteractive
for one in $wanted; do
  package=${one%%:*} service=${one##*:} program=${one#*:}
  program=${program%:*}
  if ! command -v "$program" >/dev/null; then
    if ! command -v apt-get >/dev/null; then
      echo "$program is missing, which Debian has in $package, and there is no apt-get to install it" >&2
      exit 1
    fi
    apt-get update --quiet </dev/null
    apt-get install --yes --quiet "$package" </dev/null
  fi
  if [ -n "$service" ]; then systemctl --quiet enable --now "$service"; fi
done'

# Programs without which volumes are not mounted.
step_programs() {
  local machine name
  [[ -n $programs ]] || return 0
  for machine in "${machines[@]}"; do
    IFS=: read -r _ name _ <<<"$machine"
    only "$name" || continue
    echo "Looking for programs on $name"
    printf "wanted='%s'\n%s\n" "$programs" "$install_programs" | as_root "$machine"
  done
}

# The secret by which machines join, made once; of a cluster that runs it is that of its first server.
step_token() {
  local found
  if [[ -e $token ]]; then
    echo "Keeping $token"
    return
  fi
  found=$(as_root "$first" <<<'cat /etc/rancher/k3s/token 2>/dev/null || true')
  if [[ -n $found ]]; then
    echo "Fetching $token from the first server"
  else
    found=$(od -An -N32 -tx1 /dev/urandom | tr -d ' \n')
  fi
  printf '%s\n' "$found" >"$token"
}

# A server that has the data of the cluster already.
member() {
  local machine
  for machine in "${machines[@]}"; do
    [[ $machine == server:* ]] || continue
    if as_root "$machine" <<<'test -d /var/lib/rancher/k3s/server/db/etcd' 2>/dev/null; then
      echo "$machine"
      return
    fi
  done
}

# node_file MACHINE: its own part of the configuration. A first server that was replaced has an empty disk and would
# start a second cluster: it joins one of the others.
node_file() {
  local name address other
  IFS=: read -r _ name _ <<<"$1"
  if [[ $1 == "$first" ]] && other=$(member) && [[ -n $other && $other != "$first" ]]; then
    IFS=: read -r _ _ address _ <<<"$other"
    sed "s|^cluster-init: true\$|server: https://$address:$api_port|" "k3s/nodes/$name.yaml"
  else
    cat "k3s/nodes/$name.yaml"
  fi
}

# Configuration of each machine. Where it changed and K3s runs, K3s restarts; pods go on meanwhile.
step_config() {
  local machine role name service manifest
  [[ -e $token ]] || { echo "$token is missing: bootstrap/k3s.sh token" >&2; exit 1; }
  for machine in "${machines[@]}"; do
    IFS=: read -r role name _ <<<"$machine"
    only "$name" || continue
    service=k3s
    [[ $role == server ]] || service=k3s-agent
    echo "Configuring $name"
    {
      echo "$receive"
      put /etc/rancher/k3s/token <"$token"
      put /etc/rancher/k3s/config.yaml <"k3s/$role.yaml"
      node_file "$machine" | put /etc/rancher/k3s/config.yaml.d/node.yaml
      [[ ! -e k3s/registries.yaml ]] || put /etc/rancher/k3s/registries.yaml <k3s/registries.yaml
      # systemd says so only when the API answers, or the agent has joined.
      echo "if [ -n \"\$changed\" ] && systemctl is-active --quiet $service; then"
      echo "  echo \"Restarting $service:\$changed\""
      echo "  systemctl restart $service"
      echo "fi"
      if [[ $role == server ]]; then
        # K3s looks at these from time to time.
        for manifest in k3s/manifests/*.yaml; do
          [[ ! -e $manifest ]] || put "/var/lib/rancher/k3s/server/manifests/${manifest##*/}" <"$manifest"
        done
      fi
    } | as_root "$machine"
  done
}

# etcd into a file on a server, beside those it takes by itself. SQLite has none: it is a file already.
step_snapshot() {
  local machine
  machine=$(member)
  if [[ -z $machine ]]; then
    echo "No server keeps its state in etcd: nothing to save"
    return
  fi
  as_root "$machine" <<<'k3s etcd-snapshot save'
}

# minor VERSION: 36 of v1.36.4+k3s1
minor() {
  local numbers=${1#v*.}
  echo "${numbers%%.*}"
}

# Brings the version to one machine after the other: servers first, agents may never be newer than they are.
step_install() {
  local machine role name running installer='' saved=''
  for machine in "${machines[@]}"; do
    IFS=: read -r role name _ <<<"$machine"
    only "$name" || continue
    running=$(as_root "$machine" <<<'command -v k3s >/dev/null && k3s --version || true' | sed -n 's/^k3s version \(v[^ ]*\).*/\1/p')
    if [[ $running == "$k3s_version" ]]; then
      echo "$name has K3s $running"
      start "$machine"
      continue
    fi
    if [[ -n $running ]] && (($(minor "$k3s_version") - $(minor "$running") > 1 || $(minor "$k3s_version") < $(minor "$running"))); then
      echo "$name has K3s $running, from where no step leads to $k3s_version: one minor version at a time, and none back" >&2
      exit 1
    fi
    if [[ -n $running && -z $saved ]]; then
      step_snapshot
      saved=yes
    fi
    if [[ -z $installer ]]; then
      # The installer of the same release; the plus of a version is an escape in a URL.
      installer=$(curl --fail --silent --show-error --location "https://raw.githubusercontent.com/k3s-io/k3s/${k3s_version/+/%2B}/install.sh")
    fi
    echo "Installing K3s $k3s_version on $name"
    printf 'set -- %s\nexport INSTALL_K3S_VERSION=%s\n%s\n' "$role" "$k3s_version" "$installer" | as_root "$machine"
  done
}

# start MACHINE: where an earlier run was interrupted K3s is there and does not run.
start() {
  case $1 in
    server:*) as_root "$1" <<<'systemctl start k3s' ;;
    *) as_root "$1" <<<'systemctl start k3s-agent' ;;
  esac
}

# Access for kubectl, in the file kubeconfig here: that of the first server, with the address of the API.
step_kubeconfig() {
  local found
  found=$(as_root "$first" <<<'cat /etc/rancher/k3s/k3s.yaml')
  sed -e "s|server: https://.*|server: $endpoint|" -e "s|: default\$|: $cluster|" <<<"$found" >kubeconfig
  echo "Access for kubectl: export KUBECONFIG=$PWD/kubeconfig"
}

for tool in ssh curl base64; do
  command -v "$tool" >/dev/null || { echo "$tool is not installed" >&2; exit 4; }
done

for name in ${ONLY//,/ }; do
  [[ " ${machines[*]} " == *:"$name":* ]] || { echo "ONLY has $name, and no machine is called so" >&2; exit 2; }
done

if (($# == 0)); then
  set -- check programs token config install kubeconfig
fi
for step in "$@"; do
  case $step in
    check | programs | token | config | install | kubeconfig | snapshot) "step_$step" ;;
    *)
      echo "there is no step $step; there are check, programs, token, config, install, kubeconfig, snapshot" >&2
      exit 2
      ;;
  esac
done
