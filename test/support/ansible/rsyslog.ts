/** A course for a machine that has the role log_sender: what it logs is received by a listener of the test, in `sent`. */
/** Lines while nobody listens, and after rsyslog was started again. */
export const SENDS = `cat >"$FOLDER/rsyslog.conf" <<END
module(load="imuxsock" SysSock.Use="off")
input(type="imuxsock" Socket="$FOLDER/log")
\\$WorkDirectory $FOLDER/spool
\\$IncludeConfig /etc/rsyslog.d/*-homelab-net.conf
END
mkdir "$FOLDER/spool"
logs() {
  rsyslogd -n -i "$FOLDER/rsyslog.pid" -f "$FOLDER/rsyslog.conf" 2>>"$RESULTS/rsyslog" &
  until logger --socket "$FOLDER/log" --socket-errors=on --tag sshd --priority auth.err "$1" 2>/dev/null; do :; done
}
logs 'while nobody listens'
kill "$(cat "$FOLDER/rsyslog.pid")" && wait $!
ls "$FOLDER/spool" >"$RESULTS/spool"
python3 - "$RESULTS/sent" <<END &
import select, socket, sys
# Each worker of a queue has a connection of its own.
with socket.create_server(("127.0.0.1", 15514)) as server:
    said, open_ones = b"", [server]
    while b"nobody" not in said or b"somebody" not in said:
        ready = select.select(open_ones, [], [], 100)[0]
        if not ready:
            break
        for one in ready:
            if one is server:
                open_ones.append(server.accept()[0])
                continue
            data = one.recv(65536)
            said += data
            if not data:
                open_ones.remove(one)
    open(sys.argv[1], "wb").write(said)
END
receiver=$!
logs 'while somebody listens'
wait $receiver
kill "$(cat "$FOLDER/rsyslog.pid")"
`;
