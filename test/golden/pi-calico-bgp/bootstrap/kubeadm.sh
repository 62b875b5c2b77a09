#!/usr/bin/env bash
# From machines with Debian or Ubuntu that answer over SSH to a running Kubernetes API. Needs ssh.
#
#   bootstrap/kubeadm.sh            all steps
#   bootstrap/kubeadm.sh prepare    one of: check prepare start join kubeconfig
#   bootstrap/kubeadm.sh programs   brings what volumes are mounted with, to machines that run as well
#   bootstrap/kubeadm.sh upgrade    brings the version below to the machines, one after the other
#   bootstrap/kubeadm.sh snapshots    lets control planes save etcd, on a timer and now
#   ONLY=NAME[,NAME] bootstrap/kubeadm.sh join      no other machine is touched
#
# Every step may be repeated. Nothing secret is left here but the file kubeconfig, which git ignores: keys stay on the
# control planes, and the token a machine joins with is good for minutes.
set -euo pipefail
cd -- "$(dirname -- "${BASH_SOURCE[0]}")/.."
umask 077

# What is installed, and what `upgrade` brings.
# renovate: datasource=docker depName=ghcr.io/siderolabs/kubelet
kubernetes_version=PIN-kubernetes

endpoint=https://10.4.0.10:6443
# Whether control planes run ordinary pods, and whether nodes pass IPv6 on.
workloads=true
ipv6=false
# Where containerd looks for mirrors of registries; nowhere when empty.
mirrors=''

# How often control planes save etcd, how many snapshots stay, and where.
snapshot_calendar='*-*-* 00/12:00:00'
snapshot_count=14
snapshot_folder=/var/lib/etcd-snapshots

# What volumes are mounted with: package of Debian and its kind, program, service of systemd.
programs=nfs-common:mount.nfs:

# role:name:user:address; the control plane that starts the cluster first, workers last. Without a user ssh decides.
machines=(
  controlplane:bettley::10.4.0.11
  controlplane:cargyll::10.4.0.12
  controlplane:dalt::10.4.0.13
  worker:erenford::10.4.0.14
  worker:fenn::10.4.0.15
  worker:gardener::10.4.0.16
  worker:harlton::10.4.0.17
  worker:inchfield::10.4.0.18
  worker:jast::10.4.0.19
  worker:karstark::10.4.0.20
  worker:lipps::10.4.0.21
  worker:velaryon::10.4.0.30
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
  IFS=: read -r _ _ user address <<<"$1"
  ssh -o BatchMode=yes -o ConnectTimeout=10 -o StrictHostKeyChecking=accept-new -- "${user:+$user@}$address" \
    'if [ "$(id -u)" = 0 ]; then exec bash -s; else exec sudo -n bash -s; fi'
}

# call FUNCTION ARGUMENT…: lines for as_root that have the function and call it.
call() {
  declare -f "$1" write
  printf '%q ' "$@"
  echo '</dev/null'
}

# file PATH: lines for as_root that write what comes in on standard input to PATH.
file() {
  printf "mkdir -p -- %q && base64 -d >%q <<'END'\n" "$(dirname -- "$1")" "$1"
  base64
  printf 'END\n'
}

# On the machine. write PATH TEXT: writes a file that says something else; true where it did.
write() {
  if [[ -e $1 && $(<"$1") == "$2" ]]; then return 1; fi
  mkdir -p -- "$(dirname -- "$1")"
  printf '%s\n' "$2" >"$1"
  chmod 644 "$1"
}

# On the machine: what kubeadm needs and is missing, a line each.
missing() {
  case $(uname -m) in
    x86_64 | aarch64) ;;
    *) echo "Kubernetes is not packaged for a processor of type $(uname -m)" ;;
  esac
  command -v apt-get >/dev/null || echo "it has no apt-get: this script knows Debian, Ubuntu and Raspberry Pi OS"
  command -v systemctl >/dev/null || echo "systemd does not run it"
  ip -o address show | grep -qF " $1/" || echo "it answers at $1 and has another address; two machines may share it"
  if [[ ! -e /sys/fs/cgroup/cgroup.controllers ]]; then
    echo "it has cgroups of version 1, without which Kubernetes has done since 1.35"
  elif ! grep -qw memory /sys/fs/cgroup/cgroup.controllers; then
    echo "the memory cgroup is off; a Raspberry Pi wants cgroup_enable=memory at the end of its cmdline.txt"
  fi
  modprobe --dry-run vxlan 2>/dev/null || echo "its kernel has no module vxlan; Ubuntu before 24.04 has it in linux-modules-extra-raspi"
}

# Looks at every machine before anything is changed on one.
step_check() {
  local machine name address found failed=
  for machine in "${machines[@]}"; do
    IFS=: read -r _ name _ address <<<"$machine"
    only "$name" || continue
    if ! found=$(call missing "$address" | as_root "$machine" 2>&1); then
      printf '%s (%s) cannot be logged in to as root, or with sudo and no password:\n%s\n' "$name" "$address" "$found" >&2
      failed=yes
    elif [[ -n $found ]]; then
      printf '%s (%s): %s\n' "$name" "$address" "$found" >&2
      failed=yes
    else
      echo "$name ($address) is ready for kubeadm"
    fi
  done
  [[ -z $failed ]] || { echo "docs/bootstrap.md says how machines are prepared" >&2; exit 1; }
}

# On the machine. prepare VERSION IPV6 MIRRORS: what the kernel, containerd and the packages of Kubernetes have to be like.
prepare() {
  set -euo pipefail
  local version=${1#v} ipv6=$2 mirrors=$3 minor arch os forwarding containerd
  minor=${version%.*}
  export DEBIAN_FRONTEND=noninteractive

  # A kubelet does not start beside swap. Raspberry Pi OS makes a file of it at each start.
  swapoff --all
  systemctl --quiet mask swap.target
  if systemctl cat dphys-swapfile.service >/dev/null 2>&1; then systemctl --quiet disable --now dphys-swapfile; fi

  write /etc/modules-load.d/kubernetes.conf $'overlay\nbr_netfilter' || true
  modprobe overlay
  modprobe br_netfilter
  forwarding='net.ipv4.ip_forward = 1
net.bridge.bridge-nf-call-iptables = 1
net.bridge.bridge-nf-call-ip6tables = 1'
  if [[ $ipv6 == true ]]; then forwarding+=$'\nnet.ipv6.conf.all.forwarding = 1'; fi
  if write /etc/sysctl.d/60-kubernetes.conf "$forwarding"; then sysctl --quiet --load /etc/sysctl.d/60-kubernetes.conf; fi

  # Kubernetes 1.36 wants containerd 2, which Debian 13 and Ubuntu 24.04 do not have: Docker's packages do.
  arch=$(dpkg --print-architecture)
  # shellcheck source=/dev/null
  os=$(. /etc/os-release && echo "$ID $VERSION_CODENAME")
  if ! command -v curl >/dev/null; then
    apt-get update --quiet
    apt-get install --yes --quiet ca-certificates curl
  fi
  mkdir -p /etc/apt/keyrings
  [[ -s /etc/apt/keyrings/docker.asc ]] ||
    curl --fail --silent --show-error --location "https://download.docker.com/linux/${os% *}/gpg" --output /etc/apt/keyrings/docker.asc
  [[ -s /etc/apt/keyrings/kubernetes.asc ]] ||
    curl --fail --silent --show-error --location "https://pkgs.k8s.io/core:/stable:/v$minor/deb/Release.key" --output /etc/apt/keyrings/kubernetes.asc
  chmod 644 /etc/apt/keyrings/docker.asc /etc/apt/keyrings/kubernetes.asc
  write /etc/apt/sources.list.d/docker.list \
    "deb [arch=$arch signed-by=/etc/apt/keyrings/docker.asc] https://download.docker.com/linux/${os% *} ${os#* } stable" || true
  if ! command -v kubelet >/dev/null; then
    write /etc/apt/sources.list.d/kubernetes.list \
      "deb [signed-by=/etc/apt/keyrings/kubernetes.asc] https://pkgs.k8s.io/core:/stable:/v$minor/deb/ /" || true
    apt-get update --quiet
    apt-get install --yes --quiet containerd.io "kubelet=$version-*" "kubeadm=$version-*" "kubectl=$version-*"
    apt-mark hold containerd.io kubelet kubeadm kubectl
  fi
  # systemd counts what pods use, here and in the kubelet; runtimes of graphics cards stand in files of their own.
  containerd=$(containerd config default |
    sed -e 's/SystemdCgroup = false/SystemdCgroup = true/' -e "s|^imports = .*|imports = ['/etc/containerd/conf.d/*.toml']|")
  # Nodes share images only with their layers, which are kept, and only where they look for each other.
  if [[ -n $mirrors ]]; then
    containerd=$(sed -e "/cri\.v1\.images.*\.registry\]/,/config_path/ s|config_path = .*|config_path = '$mirrors'|" \
      -e 's/discard_unpacked_layers = true/discard_unpacked_layers = false/' <<<"$containerd")
  fi
  if write /etc/containerd/config.toml "$containerd"; then systemctl restart containerd; fi
  systemctl --quiet enable --now containerd
  systemctl --quiet enable kubelet
}

# What the machines need before kubeadm can work on them.
step_prepare() {
  local machine name
  for machine in "${machines[@]}"; do
    IFS=: read -r _ name _ <<<"$machine"
    only "$name" || continue
    echo "Preparing $name"
    call prepare "$kubernetes_version" "$ipv6" "$mirrors" | as_root "$machine"
  done
}

# On the machine. programs "PACKAGE:PROGRAM:SERVICE …": installs what is missing.
programs() {
  set -euo pipefail
  local wanted package program service
  export DEBIAN_FRONTEND=noninteractive
  for wanted in $1; do
    IFS=: read -r package program service <<<"$wanted"
    if ! PATH=$PATH:/usr/sbin:/sbin command -v "$program" >/dev/null; then
      apt-get update --quiet
      apt-get install --yes --quiet "$package"
    fi
    if [[ -n $service ]]; then systemctl --quiet enable --now "$service"; fi
  done
}

# Programs without which volumes are not mounted.
step_programs() {
  local machine name
  [[ -n $programs ]] || return 0
  for machine in "${machines[@]}"; do
    IFS=: read -r _ name _ <<<"$machine"
    only "$name" || continue
    echo "Looking for programs on $name"
    call programs "$programs" | as_root "$machine"
  done
}

# A control plane that is a member of the cluster already.
member() {
  local machine
  for machine in "${machines[@]}"; do
    [[ $machine == controlplane:* ]] || continue
    if as_root "$machine" <<<'test -e /etc/kubernetes/kubelet.conf' 2>/dev/null; then
      echo "$machine"
      return
    fi
  done
}

# Static pods that belong on control planes. The first of them has to work before its own access has rights, which
# kubeadm gives while it starts: until then it reads the one of super-admin.conf.
manifests() {
  local manifest
  for manifest in kubeadm/manifests/*.yaml; do
    [[ -e $manifest ]] || continue
    sed "s|/etc/kubernetes/admin\.conf|/etc/kubernetes/$1|" "$manifest" | file "/etc/kubernetes/manifests/${manifest##*/}"
  done
}

# Starts the cluster on the first control plane, once in its life. One that was replaced joins the others instead.
step_start() {
  local name known
  IFS=: read -r _ name _ <<<"$first"
  known=$(member)
  if [[ -n $known ]]; then
    echo "The cluster runs already"
    return
  fi
  echo "Starting the cluster on $name"
  {
    echo 'set -euo pipefail'
    {
      cat kubeadm/init.yaml
      echo ---
      # After the line with the kind, so that a version stands in one file only.
      sed "/^kind: ClusterConfiguration\$/a kubernetesVersion: $kubernetes_version" kubeadm/cluster.yaml
    } | file /etc/kubernetes/kubeadm.yaml
    manifests super-admin.conf
    echo 'kubeadm init --config /etc/kubernetes/kubeadm.yaml --skip-token-print </dev/null'
    manifests admin.conf
  } | as_root "$first"
  freed "$first" "$name"
}

# freed MEMBER NAME: kubeadm marks control planes so that no address is announced from them. Where they run ordinary pods
# they announce addresses too.
freed() {
  [[ $workloads == true ]] || return 0
  as_root "$1" <<<"kubectl --kubeconfig /etc/kubernetes/admin.conf label node $(printf %q "$2") node.kubernetes.io/exclude-from-external-load-balancers- >/dev/null"
}

# On a control plane. discovery ENDPOINT: what a machine joins with, good for a quarter of an hour.
discovery() {
  set -euo pipefail
  local token
  token=$(kubeadm token create --ttl 15m)
  printf '%s\n' 'apiVersion: v1' 'kind: Config' 'current-context: join' \
    'clusters:' '- name: join' '  cluster:' "    server: $1" "    certificate-authority-data: $(base64 -w0 /etc/kubernetes/pki/ca.crt)" \
    'users:' '- name: join' '  user:' "    token: $token" \
    'contexts:' '- name: join' '  context: { cluster: join, user: join }'
}

# What all control planes share (kubeadm documentation, Manual certificate distribution).
shared='ca.crt ca.key sa.key sa.pub front-proxy-ca.crt front-proxy-ca.key etcd/ca.crt etcd/ca.key'

# Every machine that is no member yet, control planes first.
step_join() {
  local machine role name known
  known=$(member)
  [[ -n $known ]] || { echo "There is no cluster to join: bootstrap/kubeadm.sh start" >&2; exit 1; }
  for machine in "${machines[@]}"; do
    IFS=: read -r role name _ <<<"$machine"
    only "$name" || continue
    if as_root "$machine" <<<'test -e /etc/kubernetes/kubelet.conf' 2>/dev/null; then
      echo "$name is a member already"
      continue
    fi
    echo "Joining $name"
    {
      echo 'set -euo pipefail; umask 077'
      call discovery "$endpoint" | as_root "$known" | file /etc/kubernetes/discovery.conf
      file /etc/kubernetes/kubeadm.yaml <"kubeadm/nodes/$name.yaml"
      if [[ $role == controlplane ]]; then
        as_root "$known" <<<"tar -C /etc/kubernetes/pki -cf - $shared" | file /etc/kubernetes/pki.tar
        echo 'mkdir -p /etc/kubernetes/pki && tar -C /etc/kubernetes/pki -xf /etc/kubernetes/pki.tar && rm /etc/kubernetes/pki.tar'
      fi
      echo 'trap "rm -f /etc/kubernetes/discovery.conf" EXIT'
      echo 'kubeadm join --config /etc/kubernetes/kubeadm.yaml </dev/null'
      if [[ $role == controlplane ]]; then manifests admin.conf; fi
    } | as_root "$machine"
    if [[ $role == controlplane ]]; then freed "$machine" "$name"; fi
  done
}

# On a control plane. snapshots CALENDAR COUNT FOLDER: a timer that saves etcd, and the first time at once. etcdctl is the one of
# the container: its folders are those of the machine (kubeadm, static pod of etcd).
snapshots() {
  set -euo pipefail
  mkdir -p -- "$3"
  chmod 700 -- "$3"
  write /usr/local/sbin/etcd-snapshot "#!/bin/sh
# Written by bootstrap/kubeadm.sh: saves etcd below $3, of which the newest $2 stay.
set -eu
umask 077
container=\$(crictl ps --quiet --state Running --name '^etcd\$')
crictl exec \"\$container\" etcdctl --endpoints https://127.0.0.1:2379 --cacert /etc/kubernetes/pki/etcd/ca.crt --cert /etc/kubernetes/pki/etcd/healthcheck-client.crt --key /etc/kubernetes/pki/etcd/healthcheck-client.key snapshot save /var/lib/etcd/new.snapshot
mv /var/lib/etcd/new.snapshot $3/etcd-\$(date -u +%Y%m%dT%H%M%SZ).db
ls -r $3/etcd-*.db | tail -n +$(($2 + 1)) | xargs -r rm -f --" || true
  chmod 700 /usr/local/sbin/etcd-snapshot
  write /etc/systemd/system/etcd-snapshot.service $'[Unit]\nDescription=Snapshot of etcd\n\n[Service]\nType=oneshot\nExecStart=/usr/local/sbin/etcd-snapshot' || true
  write /etc/systemd/system/etcd-snapshot.timer "[Unit]
Description=Snapshots of etcd

[Timer]
OnCalendar=$1
RandomizedDelaySec=15min
Persistent=true

[Install]
WantedBy=timers.target" || true
  systemctl daemon-reload
  systemctl --quiet enable --now etcd-snapshot.timer
  systemctl start etcd-snapshot.service
}

# Control planes save etcd by themselves, each on its own disk.
step_snapshots() {
  local machine role name
  for machine in "${machines[@]}"; do
    IFS=: read -r role name _ <<<"$machine"
    [[ $role == controlplane ]] || continue
    only "$name" || continue
    echo "Saving etcd on $name"
    call snapshots "$snapshot_calendar" "$snapshot_count" "$snapshot_folder" | as_root "$machine"
  done
}

# Access for kubectl, in the file kubeconfig here.
step_kubeconfig() {
  local known
  known=$(member)
  as_root "${known:-$first}" <<<'cat /etc/kubernetes/admin.conf' >kubeconfig
  echo "Access for kubectl: export KUBECONFIG=$PWD/kubeconfig"
}

# On the machine. packages VERSION NAME…: packages of Kubernetes at this version.
packages() {
  set -euo pipefail
  local version=${1#v}
  shift
  export DEBIAN_FRONTEND=noninteractive
  write /etc/apt/sources.list.d/kubernetes.list \
    "deb [signed-by=/etc/apt/keyrings/kubernetes.asc] https://pkgs.k8s.io/core:/stable:/v${version%.*}/deb/ /" || true
  apt-get update --quiet
  apt-get install --yes --quiet --allow-change-held-packages "${@/%/=$version-*}"
  apt-mark hold "$@"
}

# minor VERSION: 36 of v1.36.4
minor() {
  local numbers=${1#v*.}
  echo "${numbers%%.*}"
}

# Brings the version to one machine after the other, control planes first; a kubelet may never be newer than they are.
step_upgrade() {
  local machine name running saved='' command="kubeadm upgrade apply --yes $kubernetes_version"
  for machine in "${machines[@]}"; do
    IFS=: read -r _ name _ <<<"$machine"
    running=$(as_root "$machine" <<<'kubelet --version' | sed -n 's/^Kubernetes //p')
    if [[ $running == "$kubernetes_version" ]]; then
      echo "$name has Kubernetes $running"
      command="kubeadm upgrade node"
      continue
    fi
    if (($(minor "$kubernetes_version") - $(minor "$running") > 1 || $(minor "$kubernetes_version") < $(minor "$running"))); then
      echo "$name has Kubernetes $running, from where no step leads to $kubernetes_version: one minor version at a time, and none back" >&2
      exit 1
    fi
    if [[ -z $saved ]]; then
      step_snapshots
      saved=yes
    fi
    echo "Upgrading $name from $running to $kubernetes_version"
    call packages "$kubernetes_version" kubeadm | as_root "$machine"
    as_root "$machine" <<<"$command </dev/null"
    kubectl --kubeconfig kubeconfig drain "$name" --ignore-daemonsets --delete-emptydir-data --timeout 10m
    call packages "$kubernetes_version" kubelet kubectl | as_root "$machine"
    as_root "$machine" <<<'systemctl daemon-reload && systemctl restart kubelet'
    kubectl --kubeconfig kubeconfig uncordon "$name"
    kubectl --kubeconfig kubeconfig wait --for=condition=Ready "node/$name" --timeout 5m
    command="kubeadm upgrade node"
  done
}

for tool in ssh base64; do
  command -v "$tool" >/dev/null || { echo "$tool is not installed" >&2; exit 4; }
done

for name in ${ONLY//,/ }; do
  [[ " ${machines[*]} " == *:"$name":* ]] || { echo "ONLY has $name, and no machine is called so" >&2; exit 2; }
done

if (($# == 0)); then
  set -- check prepare programs start join kubeconfig snapshots
fi
for step in "$@"; do
  case $step in
    check | prepare | programs | start | join | kubeconfig | snapshots | upgrade) "step_$step" ;;
    *)
      echo "there is no step $step; there are check, prepare, programs, start, join, kubeconfig, snapshots, upgrade" >&2
      exit 2
      ;;
  esac
done
