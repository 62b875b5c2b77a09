#!/usr/bin/env bash
# A machine for roles to work on: this one, in namespaces of its own, with copies of what roles change and a network card that
# leads nowhere. systemd, and what asks the kernel or a daemon, are stand-ins that take notes.
#
#   unshare --mount --net --propagation private test/support/ansible/machine.sh FOLDER COURSE
#
# FOLDER has `repository`, `bin` and an empty `results`; COURSE is what is done there, a file of bash.
set -euo pipefail
folder=$1 course=$2
export FOLDER=$folder RESULTS=$folder/results STATE=$folder/state NOTES=$folder/notes
mkdir -p "$STATE" "$folder"/{lists,srv,home}
: >"$NOTES"

cp -a /etc "$folder/etc"
cp -a /var/lib/dpkg "$folder/dpkg"
for package in containerd.io kubeadm kubectl kubelet nfs-common nfs-kernel-server nvidia-container-toolkit prometheus-node-exporter rsyslog step-cli; do
  if dpkg --status "$package" >/dev/null 2>&1; then continue; fi
  printf 'Package: %s\nStatus: install ok installed\nPriority: optional\nSection: misc\nMaintainer: nobody <nobody@localhost>\nArchitecture: all\nVersion: 1\nDescription: a stand-in\n\n' \
    "$package" >>"$folder/dpkg/status"
done
mount --bind "$folder/etc" /etc
mount --bind "$folder/dpkg" /var/lib/dpkg
# As old as this run: nobody asks the servers of Debian for newer lists.
mount --bind "$folder/lists" /var/lib/apt/lists
mount --bind "$folder/srv" /srv
# What netplan generates, and where sshd wants an empty folder.
mount -t tmpfs tmpfs /run
mkdir /run/sshd
# It has the cards of the namespace it is mounted in.
mount -t sysfs sysfs /sys

ip link set lo up
ip link add eth0 address 02:00:00:00:00:02 type veth peer name nowhere
ip link set nowhere up
ip address add 172.16.1.2/24 dev eth0
ip -6 address add fd00:1::2/64 dev eth0 nodad
ip link set eth0 up

rm -f /etc/netplan/*.yaml
mkdir -p /etc/netplan /etc/network/if-up.d /etc/NetworkManager/dispatcher.d
printf 'network:\n  version: 2\n  ethernets:\n    lan:\n      match: { macaddress: "02:00:00:00:00:02" }\n      addresses: [172.16.1.2/24]\n' >/etc/netplan/50-cloud-init.yaml
chmod 600 /etc/netplan/50-cloud-init.yaml

export PATH=$folder/bin:$ANSIBLE_BIN:$PATH HOME=$folder/home
export ANSIBLE_HOME=$folder/home/ansible ANSIBLE_BECOME=false ANSIBLE_NOCOLOR=1 ANSIBLE_PIPELINING=1
# play RESULT ARGUMENT…: a run of ansible-playbook, and what it says.
play() {
  local result=$1
  shift
  ansible-playbook --connection local --extra-vars ansible_python_interpreter=/usr/bin/python3 "$@" >"$RESULTS/$result" 2>&1 ||
    echo "ended with $?" >>"$RESULTS/$result"
}
cd "$folder/repository/ansible"
# shellcheck source=/dev/null
. "$course"
