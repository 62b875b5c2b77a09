#!/usr/bin/env bash
# The authority of this network, step-ca on allyrion: what it signs with is made on your computer, and brought there.
# Needs step and ssh, and there Debian, Ubuntu or Raspberry Pi OS, and a user who is root or may do everything by sudo
# without a password.
#
#   bootstrap/step-ca.sh                makes what is not there yet, and brings it to allyrion
#   bootstrap/step-ca.sh root           prints the line that tells the cluster of the root
#   bootstrap/step-ca.sh give           hands the cluster the password by which it may ask
#   bootstrap/step-ca.sh ssh            gives every machine a certificate for SSH, and has it take those of people
#   bootstrap/step-ca.sh ssh NAME…      these machines
#   bootstrap/step-ca.sh known-hosts    prints the line of known_hosts that knows them all
#   bootstrap/step-ca.sh login USER     has a certificate of a day made for you, to log in as USER
#
# May be repeated: what is in place stays as it is. Everything is below ~/.config/step-ca, or below the folder that AUTHORITY
# names. You are asked for the passphrase of the root; ROOT_PASSPHRASE answers.
set -euo pipefail
cd -- "$(dirname -- "${BASH_SOURCE[0]}")/.."
umask 077

url=https://10.4.0.10:9000
host=allyrion
network=goldentooth
root=goldentooth-root
issuing=goldentooth-issuing
folder=${AUTHORITY:-$HOME/.config/step-ca}/$network
provisioners=(
  cert-manager
  ssh
)
# name:user:address+further addresses and names; the one that step-ca runs on first. Without a user SSH_USER is it, or ssh decides.
machines=(
  allyrion:'':10.4.0.10+allyrion.nodes.goldentooth.net
  bettley:'':10.4.0.11+bettley.nodes.goldentooth.net
  cargyll:'':10.4.0.12+cargyll.nodes.goldentooth.net
  dalt:'':10.4.0.13+dalt.nodes.goldentooth.net
  erenford:'':10.4.0.14+erenford.nodes.goldentooth.net
  fenn:'':10.4.0.15+fenn.nodes.goldentooth.net
  gardener:'':10.4.0.16+gardener.nodes.goldentooth.net
  harlton:'':10.4.0.17+harlton.nodes.goldentooth.net
  inchfield:'':10.4.0.18+inchfield.nodes.goldentooth.net
  jast:'':10.4.0.19+jast.nodes.goldentooth.net
  karstark:'':10.4.0.20+karstark.nodes.goldentooth.net
  lipps:'':10.4.0.21+lipps.nodes.goldentooth.net
  velaryon:'':10.4.0.30+velaryon.nodes.goldentooth.net
)

# as_root MACHINE: root there does what comes in on standard input.
as_root() {
  local user addresses
  IFS=: read -r _ user addresses <<<"$1"
  user=${user:-${SSH_USER:-}}
  ssh -o BatchMode=yes -o ConnectTimeout=10 -o StrictHostKeyChecking=accept-new -- "${user:+$user@}${addresses%%+*}" \
    'if [ "$(id -u)" = 0 ]; then exec bash -s; else exec sudo -n bash -s; fi'
}

# call FUNCTION ARGUMENT…: lines for as_root that have the function and call it.
call() {
  declare -f "$1" put fetch
  printf '%q ' "$@"
  echo '</dev/null'
}

# file PATH: lines for as_root that write what comes in on standard input to PATH, in the folder of this run.
file() {
  printf "base64 -d >%q <<'END'\n" "$1"
  base64
  printf 'END\n'
}

# On the machine. put MODE GROUP FILE PATH: true where PATH was another one.
put() {
  if cmp --silent "$3" "$4"; then return 1; fi
  install -D --mode="$1" --owner=root --group="$2" "$3" "$4" || exit 1
}

# On the machine. fetch PACKAGE…: what is missing of the packages of smallstep (its documentation, Install step-ca).
fetch() {
  local missing=() package
  for package in "$@"; do dpkg --status "$package" >/dev/null 2>&1 || missing+=("$package"); done
  if ((${#missing[@]} == 0)); then return; fi
  command -v apt-get >/dev/null || { echo "it has no apt-get: this script knows Debian, Ubuntu and Raspberry Pi OS" >&2; exit 1; }
  export DEBIAN_FRONTEND=noninteractive
  apt-get update --quiet
  apt-get install --yes --quiet ca-certificates curl
  mkdir -p /etc/apt/keyrings
  curl --fail --silent --show-error --location https://packages.smallstep.com/keys/apt/repo-signing-key.gpg \
    --output /etc/apt/keyrings/smallstep.asc
  chmod 644 /etc/apt/keyrings/smallstep.asc
  printf '%s\n' 'Types: deb' 'URIs: https://packages.smallstep.com/stable/debian' 'Suites: debs' 'Components: main' \
    'Signed-By: /etc/apt/keyrings/smallstep.asc' >/etc/apt/sources.list.d/smallstep.sources
  chmod 644 /etc/apt/sources.list.d/smallstep.sources
  apt-get update --quiet
  apt-get install --yes --quiet "${missing[@]}"
}

# secret FILE: a password nobody has to remember.
secret() {
  [[ -s $folder/$1 ]] || printf %s "$(step crypto rand --format hex 48)" >"$folder/$1"
}

# pair NAME: what signs for SSH.
pair() {
  [[ -e $folder/$1.key ]] || step crypto keypair --kty EC --curve P-256 --password-file "$folder/password" --force "$folder/$1.pub" "$folder/$1.key"
}

# certificate OPTION ARGUMENT…: with the passphrase of the root where the environment has it.
certificate() {
  local option=$1
  shift
  if [[ -z ${ROOT_PASSPHRASE:-} ]]; then
    step certificate create --kty EC --curve P-256 --force "$@"
  else
    step certificate create --kty EC --curve P-256 --force "$option" <(printf %s "$ROOT_PASSPHRASE") "$@"
  fi
}

# The root lasts twenty years, and what step-ca signs with ten. The key of the root goes nowhere.
make_all() {
  exec 3>&1 >&2
  mkdir -p "$folder"
  secret password
  if [[ ! -e $folder/root.crt ]]; then
    echo "A root for twenty years. Choose a passphrase: whoever has $folder/root.key cannot use it without."
    certificate --password-file --profile root-ca --not-after 175200h "$root" "$folder/root.crt.new" "$folder/root.key"
    mv "$folder/root.crt.new" "$folder/root.crt"
  fi
  if [[ ! -e $folder/issuing.crt ]]; then
    certificate --ca-password-file --profile intermediate-ca --not-after 87600h \
      --ca "$folder/root.crt" --ca-key "$folder/root.key" --password-file "$folder/password" \
      "$issuing" "$folder/issuing.crt.new" "$folder/issuing.key"
    mv "$folder/issuing.crt.new" "$folder/issuing.crt"
  fi
  local provisioner
  for provisioner in "${provisioners[@]}"; do
    secret "$provisioner.password"
    [[ -e $folder/$provisioner.jwk ]] || step crypto jwk create --kid "$provisioner" --kty EC --curve P-256 --use sig --force \
      --password-file "$folder/$provisioner.password" "$folder/$provisioner.pub" "$folder/$provisioner.jwk"
  done
  pair ssh-host-ca
  pair ssh-user-ca
  exec >&3 3>&-
}

# The configuration of the repository with the keys in it.
configuration() {
  local text provisioner pub key
  text=$(<"hosts/$host/step-ca/ca.json")
  for provisioner in "${provisioners[@]}"; do
    pub=$(<"$folder/$provisioner.pub")
    key=$(step crypto jose format <"$folder/$provisioner.jwk")
    text=${text//\"@$provisioner.pub@\"/$pub}
    text=${text//@$provisioner.key@/$key}
  done
  printf '%s\n' "$text"
}

# On the machine.
serve() {
  set -euo pipefail
  local url=$1 name changed=''
  shift
  fetch step-cli step-ca
  id step >/dev/null 2>&1 || useradd --system --user-group --home-dir /etc/step-ca --no-create-home --shell /usr/sbin/nologin step
  for name in root.crt issuing.crt; do
    if put 644 root "$name" "/etc/step-ca/certs/$name"; then changed=yes; fi
  done
  for name in password "$@"; do
    if put 640 step "$name" "/etc/step-ca/secrets/$name"; then changed=yes; fi
  done
  if put 640 step ca.json /etc/step-ca/config/ca.json; then changed=yes; fi
  if put 644 root step-ca.service /etc/systemd/system/step-ca.service; then changed=yes; fi
  install -d --mode=700 --owner=step --group=step /etc/step-ca/db
  if [[ -n $changed ]]; then
    systemctl daemon-reload
    systemctl enable --quiet step-ca
    systemctl restart step-ca
    echo "  step-ca has a new configuration"
  else
    systemctl enable --quiet --now step-ca
    echo "  step-ca has this configuration already"
  fi
  for _ in 1 2 3 4 5; do
    if step ca health --ca-url "$url" --root /etc/step-ca/certs/root.crt >/dev/null 2>&1; then return; fi
    sleep 2
  done
  echo "step-ca does not answer at $url; journalctl -u step-ca says why" >&2
  exit 1
}

# On the machine: a folder of this run, which is removed at its end.
unpack() {
  folder=$(mktemp -d)
  trap 'rm -rf -- "$folder"' EXIT
  cd -- "$folder"
}

# sent FUNCTION ARGUMENT…: lines for as_root that call the function where the files are that come in on standard input.
sent() {
  echo 'set -euo pipefail'
  declare -f unpack
  echo unpack
  cat
  call "$@"
}

step_make() {
  local keys=(issuing.key) name
  keys+=(ssh-host-ca.key ssh-user-ca.key)
  make_all
  echo "$host"
  {
    for name in root.crt issuing.crt password "${keys[@]}"; do file "$name" <"$folder/$name"; done
    configuration | file ca.json
    file step-ca.service <"hosts/$host/step-ca/step-ca.service"
  } | sent serve "$url" "${keys[@]}" | as_root "${machines[0]}"
}

step_root() {
  make_all
  printf 'gen set certificates.step-ca.root=%s\n' "$(base64 <"$folder/root.crt" | tr -d '[:space:]')"
}

step_give() {
  make_all
  STEP_CA_PROVISIONER_PASSWORD=@$folder/cert-manager.password bootstrap/secrets.sh step-ca-provisioner
}

# On the machine.
certify() {
  set -euo pipefail
  local name changed='' conf=/etc/ssh/sshd_config.d/60-step-ca.conf
  # Users have no /usr/sbin in their path.
  PATH=$PATH:/usr/sbin:/sbin
  grep -qE '^Include +/etc/ssh/sshd_config\.d/' /etc/ssh/sshd_config || { echo "its sshd_config includes no /etc/ssh/sshd_config.d" >&2; exit 1; }
  fetch step-cli
  put 644 root root.crt /etc/step/root.crt || true
  for name in step-ssh-renew.service step-ssh-renew.timer; do
    if put 644 root "$name" "/etc/systemd/system/$name"; then changed=yes; fi
  done
  put 644 root user-ca.pub /etc/ssh/step-user-ca.pub || true
  put 644 root host-cert.pub /etc/ssh/ssh_host_ed25519_key-cert.pub || true
  put 644 root 60-step-ca.conf "$conf" || true
  if ! sshd -t; then
    rm -- "$conf"
    echo "sshd refuses $conf; it is removed, and sshd goes on as before" >&2
    exit 1
  fi
  if [[ -n $changed ]]; then systemctl daemon-reload; fi
  systemctl enable --quiet --now step-ssh-renew.timer
  systemctl try-reload-or-restart ssh
  echo "  is known by a certificate, and takes those of people"
}

# sign MACHINE: its certificate for SSH, as host-cert.pub below the folder.
sign() {
  local name addresses principals address
  IFS=: read -r name _ addresses <<<"$1"
  principals=(--principal "$name")
  for address in ${addresses//+/ }; do principals+=(--principal "$address"); done
  echo 'cat /etc/ssh/ssh_host_ed25519_key.pub' | as_root "$1" >"$folder/host.pub"
  step ssh certificate --host --sign --force --ca-url "$url" --root "$folder/root.crt" --provisioner ssh \
    --provisioner-password-file "$folder/ssh.password" "${principals[@]}" "$name" "$folder/host.pub"
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

step_ssh() {
  local machine wanted name known=" "
  for machine in "${machines[@]}"; do known+="${machine%%:*} "; done
  for wanted in "$@"; do
    [[ $known == *" $wanted "* ]] || { echo "there is no machine $wanted in this script" >&2; exit 2; }
  done
  make_all
  for machine in "${machines[@]}"; do
    if ! is_wanted "${machine%%:*}" "$@"; then continue; fi
    echo "${machine%%:*}"
    sign "$machine"
    {
      file root.crt <"$folder/root.crt"
      file host-cert.pub <"$folder/host-cert.pub"
      step crypto key format --ssh "$folder/ssh-user-ca.pub" | file user-ca.pub
      for name in 60-step-ca.conf step-ssh-renew.service step-ssh-renew.timer; do file "$name" <"ssh/$name"; done
    } | sent certify | as_root "$machine"
  done
}

step_known-hosts() {
  local machine name addresses names=''
  make_all
  for machine in "${machines[@]}"; do
    IFS=: read -r name _ addresses <<<"$machine"
    names+=",$name,${addresses//+/,}"
  done
  printf '@cert-authority %s %s\n' "${names#,}" "$(step crypto key format --ssh "$folder/ssh-host-ca.pub")"
}

step_login() {
  local user=${1:-}
  [[ -n $user ]] || { echo "as whom? bootstrap/step-ca.sh login USER" >&2; exit 2; }
  step ssh certificate --force --no-password --insecure --ca-url "$url" --root "$folder/root.crt" --provisioner ssh \
    --provisioner-password-file "$folder/ssh.password" --principal "$user" "$user" "$folder/$user.id"
  echo "ssh -i $folder/$user.id $user@NAME, until tomorrow"
}

step=${1:-make}
case $step in
  make | root) ;;
  give) ;;
  ssh | known-hosts | login) ;;
  *)
    echo "bootstrap/step-ca.sh does not know $step" >&2
    exit 2
    ;;
esac
command -v step >/dev/null || { echo "step is not installed: mise install" >&2; exit 4; }
"step_$step" "${@:2}"
