/** Programs of a machine that roles call and that cannot run beside the tests. Each takes a note of what it was asked for. */
const note = 'echo "${0##*/} $*" >>"$NOTES"';

/** Remembers what was enabled, started or masked. */
const SYSTEMCTL = `verb= name=
for word in "$@"; do
  case $word in
    -*) ;;
    *) if [[ -z $verb ]]; then verb=$word; else name=\${word%.service}; fi ;;
  esac
done
said() { if [[ -e $STATE/$name.$1 ]]; then echo "$2"; else echo "$3"; return 1; fi; }
case $verb in
  show)
    echo "LoadState=$(said masked masked loaded)"
    echo "ActiveState=$(said active active inactive)"
    exit 0
    ;;
  is-active) said active active inactive; exit ;;
  is-enabled) said masked masked disabled && exit 1; said enabled enabled disabled; exit ;;
  enable) touch "$STATE/$name.enabled" ;;
  start | restart) touch "$STATE/$name.active" ;;
  mask) touch "$STATE/$name.masked" ;;
esac
echo "systemctl $verb $name" >>"$NOTES"`;

export const STAND_INS: Readonly<Record<string, string>> = {
  systemctl: SYSTEMCTL,
  exportfs: note,
  modprobe: note,
  sysctl: note,
  swapon: "[[ -e $STATE/swapped ]] || echo /swap.img",
  swapoff: `touch "$STATE/swapped"\n${note}`,
};
