# shellcheck shell=bash
# What installer/demo/run is made of. It sets `out` and `work`, two folders, before it calls anything here.
# shellcheck disable=SC2154,SC2034

say() { printf '%s\n' "$*"; }

# give_up REASON [NAME...]: ends the demonstration, with what these programs printed last.
give_up() {
    local reason=$1 name
    shift
    for name; do
        printf -- '--- %s:\n' "$name" >&2
        tail -n 20 "$out/$name.log" "$out/$name.out" >&2 2>/dev/null || true
    done
    printf 'sightline demonstration: %s\n' "$reason" >&2
    exit 1
}

started=()

# start NAME COMMAND...: runs it in the background; sets `pid`. Its errors go to NAME.log; what it prints is for
# read_line, and in NAME.out.
start() {
    local name=$1
    shift
    mkfifo "$work/$name.fifo"
    "$@" >"$work/$name.fifo" 2>"$out/$name.log" &
    pid=$!
    started+=("$pid")
    exec {printed}<"$work/$name.fifo"
    lines=$out/$name.out
}

# read_line SECONDS: the next line of what was started last, in `line`; what comes after it is only kept.
read_line() {
    IFS= read -r -t "$1" -u "$printed" line || return 1
    printf '%s\n' "$line" >"$lines"
    cat <&"$printed" >>"$lines" &
    exec {printed}<&-
}

# start_display SIZE: a virtual display; sets `display`.
start_display() {
    start "display$((++displays))" Xvfb -displayfd 1 -screen 0 "$1x24" -noreset -nolisten tcp
    read_line 20 || give_up "Xvfb did not start" "display$displays"
    display=:$line
}
displays=0

is_running() { kill -0 "$1" 2>/dev/null; }

# stop PID: asks it to end, and makes it after five seconds.
stop() {
    local tenths
    kill "$1" 2>/dev/null || return 0
    for ((tenths = 0; tenths < 50; ++tenths)); do
        is_running "$1" || break
        sleep 0.1
    done
    kill -9 "$1" 2>/dev/null || true
    wait "$1" 2>/dev/null || true
}

# Everything that was started, the last first.
stop_all() {
    local i
    for ((i = ${#started[@]} - 1; i >= 0; --i)); do
        stop "${started[i]}"
    done
}

# last_value FILE KEY: of the last line of --stats that has the key with something in it.
last_value() {
    [ -f "$1" ] || return 0
    values "$1" "$2" | grep -v '^$' | tail -n 1 || true
}

# values FILE KEY: one a line. The lines are flat JSON objects, and no text in them has an escaped quote.
values() { sed -n 's/.*"'"$2"'":\("\([^"]*\)"\|\([^,}"]*\)\).*/\2\3/p' "$1"; }

# average FILE KEY: while connected, without the first second, in which the whole picture came.
average() {
    { grep '"state":"connected"' "$1" 2>/dev/null || true; } | tail -n +2 >"$work/connected"
    values "$work/connected" "$2" |
        awk '{ sum += $1; ++n } END { if (n > 0) printf "%.1f", sum / n; else printf "?" }'
}

# share_of_colour DISPLAY RRGGBB: how many percent of its pixels have exactly this colour. The dump has four octets
# for each, blue first.
share_of_colour() {
    local pixel="\\x${2:4:2}\\x${2:2:2}\\x${2:0:2}" size
    size=$(xdpyinfo -display "$1" | sed -n 's/^ *dimensions: *\([0-9]*\)x\([0-9]*\) .*/\1*\2/p')
    xwd -silent -root -display "$1" >"$work/dump"
    echo $(($(LC_ALL=C grep -aoP "$pixel" "$work/dump" | wc -l) * 100 / (size)))
}
