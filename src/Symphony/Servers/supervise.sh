# Runs a server and outlives nobody: the caller holds the other end of standard input, and however the caller ends
# (even by SIGKILL) that end closes, the server stops and its folder goes.
#
# Arguments: the folder of this server, an initialised data folder to copy into it (or nothing), the command.
# Input: "keep" leaves the server running; it is then stopped by a signal to it, and its folder still goes.
# Error: the end of the server's log, when it stopped.
umask 077
# Ctrl-C in a terminal reaches this process too where setsid is missing; it must live to clean up.
trap '' INT HUP
exec 3<&0 </dev/null

folder=$1 template=$2
shift 2

finish() {
  tail -n 20 "$folder/log" >&2
  rm -rf "$folder"
  exit "$1"
}

if [ -n "$template" ]; then
  cp -R "$template" "$folder/data" 2>"$folder/log" || finish 1
fi

"$@" >"$folder/log" 2>&1 3<&- &
server=$!

# SIGQUIT: an immediate shutdown. Nobody will read this data again, so no checkpoint is worth its time.
(
  read -r word <&3
  [ "$word" = keep ] || kill -QUIT "$server"
) >/dev/null 2>&1 &
watcher=$!

wait "$server"
status=$?
kill "$watcher" 2>/dev/null
finish "$status"
