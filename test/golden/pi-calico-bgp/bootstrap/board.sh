#!/usr/bin/env bash
# Tells a board what it is, before it starts for the first time. Needs the card or disk that it will start from, with Ubuntu
# Server for Raspberry Pis or Raspberry Pi OS (of November 2025 or later) on it, as docs/raspberry-pi.md says, and the folder
# where its first partition (system-boot, bootfs) is mounted here.
#
#   bootstrap/board.sh NAME FOLDER
#
# Name, address, a user who gets in by your key and may do everything, and what the kernel has to count for Kubernetes. Of
# `SSH_KEY` it takes the public key, or the first in ~/.ssh; `SSH_USER` is who gets in where homelab.yaml names nobody, or
# whoever you are here. May be repeated until the board has started; afterwards it has no effect.
set -euo pipefail

boards=(
  bettley
  cargyll
  dalt
  erenford
  fenn
  gardener
  harlton
  inchfield
  jast
  karstark
  lipps
)

fail() {
  printf '%s\n' "$@" >&2
  exit 2
}

if (($# != 2)); then fail "bootstrap/board.sh NAME FOLDER, with a NAME of: ${boards[*]}"; fi
name=$1
[[ " ${boards[*]} " == *" $name "* && $name != *' '* ]] || fail "no board is called $name, but: ${boards[*]}"
[[ -f $2/cmdline.txt && -f $2/user-data && -f $2/meta-data ]] ||
  fail "$2 is no first partition of Ubuntu Server for Raspberry Pis, or of Raspberry Pi OS with cloud-init:" \
    "it has no cmdline.txt, no user-data or no meta-data"
folder=$(cd -- "$2" && pwd)
cd -- "$(dirname -- "${BASH_SOURCE[0]}")/.."

file=${SSH_KEY:-}
for candidate in ~/.ssh/id_ed25519.pub ~/.ssh/id_ecdsa.pub ~/.ssh/id_rsa.pub; do
  if [[ -z $file && -f $candidate ]]; then file=$candidate; fi
done
[[ -n $file ]] || fail "no public key in ~/.ssh: ssh-keygen makes one, or SSH_KEY names its file"
[[ -f $file ]] || fail "there is no file $file"
key=$(head -n 1 -- "$file")
[[ $key =~ ^(ssh|ecdsa|sk)-[a-zA-Z0-9@.-]+\ [A-Za-z0-9+/=]+(\ [^\"\\]*)?$ ]] || fail "$file holds no public key"

user=${SSH_USER:-$(id -un)}
text=$(<"boards/$name/user-data.yaml")
if [[ $text == *@user@* ]]; then
  [[ $user =~ ^[a-z_][a-z0-9_-]{0,31}$ && $user != root ]] || fail "$user cannot be the user there: SSH_USER says who is"
fi
text=${text//@user@/"$user"}
text=${text//@key@/"$key"}

words=(cgroup_enable=cpuset cgroup_memory=1 cgroup_enable=memory)
line=$(head -n 1 -- "$folder/cmdline.txt")
for word in "${words[@]}"; do
  if [[ " $line " != *" $word "* ]]; then line="$line $word"; fi
done

# Whole or not at all: a card may be pulled out at any time.
write() {
  printf '%s\n' "$2" >"$folder/$1.new"
  mv -- "$folder/$1.new" "$folder/$1"
}
write user-data "$text"
write network-config "$(<"boards/$name/network-config.yaml")"
write cmdline.txt "$line"
sync
echo "The board is $name now, once it starts from this card: unmount it first"
