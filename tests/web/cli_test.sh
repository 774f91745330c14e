#!/usr/bin/env bash
# The commands of the real binary, as a newcomer meets them: what they say, how they end, and that a server lets go of
# its folder. Usage: tests/web/cli_test.sh [BINARY]; last line "cli: N passed, N failed".
set -u
sunwai=$(readlink -f "${1:-build/release/sunwai}")
dir=$(mktemp -d "${TMPDIR:-/tmp}/sunwai-cli.XXXXXX")
cd "$dir" || exit 1
unset SUNWAI_DATA SUNWAI_CONFIG SUNWAI_PORT SUNWAI_LISTEN SUNWAI_DATABASE SUNWAI_HTTPS SUNWAI_ALLOW SUNWAI_THREADS \
  SUNWAI_NODE SUNWAI_METRICS_TOKEN
passed=0 failed=0 servers=()

end() {
    for pid in "${servers[@]}"; do kill -9 "$pid" 2>/dev/null; done
    wait 2>/dev/null
    rm -rf "$dir"
}
trap end EXIT

ok() { passed=$((passed + 1)); }
no() { failed=$((failed + 1)); echo "FAILED: $1"; }
check() { if "${@:2}"; then ok; else no "$1"; fi; }

# run CODE COMMAND…: runs it; out and err hold what it said.
run() {
    local want=$1 code
    shift
    "$@" >out 2>err
    code=$?
    if [ "$code" -eq "$want" ]; then ok; else no "exit $code, not $want: ${*:2}"; cat out err; fi
}
says() { if grep -qF -- "$1" err; then ok; else no "standard error does not say: $1"; cat err; fi; }
prints() { if grep -qE -- "$1" out; then ok; else no "standard output does not match: $1"; cat out; fi; }
quiet() { if [ ! -s "$1" ]; then ok; else no "$1 is not empty"; cat "$1"; fi; }

now_ms() { echo $(($(date +%s%N) / 1000000)); }
# serve NAME FLAGS…: starts a server, waits for its line; url and pid are set.
serve() {
    local name=$1
    shift
    "$sunwai" serve --port 0 "$@" >"$name.out" 2>"$name.err" &
    pid=$!
    servers+=("$pid")
    for _ in $(seq 2000); do
        url=$(sed -nE 's/.*(http:[^ ]*)$/\1/p' "$name.out")
        [ -n "$url" ] && break
        kill -0 "$pid" 2>/dev/null || break
        sleep 0.01
    done
    check "server $name starts" test -n "$url"
}
web_of() { pgrep -P "$1" -f " web "; }
answers() { curl -sf -o /dev/null --max-time 5 "${url}healthz"; }
gone() { for _ in $(seq 300); do kill -0 "$1" 2>/dev/null || return 0; sleep 0.01; done; return 1; }

# ---- help, and mistakes on the command line
run 0 "$sunwai" help
prints '^  serve '
prints '^  demo '
if grep -q '^  web ' out; then no "help shows the hidden command"; else ok; fi
quiet err
run 64 "$sunwai"
run 0 "$sunwai" version
prints '^sunwai [0-9]+\.[0-9]+'
run 0 "$sunwai" help user
prints '^  user +add --login'
prints '^It takes: --data .*--login --role'
if grep -q '^  serve ' out; then no "help of one command shows another"; else ok; fi
cp out help.user
run 0 "$sunwai" user --help
check "both ways to ask say the same" cmp -s out help.user
run 0 "$sunwai" help help
prints '^  serve '
run 64 "$sunwai" help frobnicate
says 'there is no command frobnicate'
run 64 "$sunwai" help web
run 64 "$sunwai" frobnicate
says 'there is no command frobnicate'
run 64 "$sunwai" serve --prot 1 --data x
says 'serve does not know --prot; see: sunwai help serve'
run 64 "$sunwai" serve --data
says '--data needs a value'
run 64 "$sunwai" init one two --data x
run 64 "$sunwai" demo
says 'sunwai demo --data DIR'
run 64 "$sunwai" user --data x
says 'user add, list, code, disable or enable'
run 64 "$sunwai" token --data x
says '--user is missing'
run 64 "$sunwai" web --data x
# Without a folder too, what is wrong with the command itself is said first.
run 64 "$sunwai" user
says 'user add, list, code, disable or enable'
run 64 "$sunwai" user frobnicate
says 'user add, list, code, disable or enable'
run 64 "$sunwai" user add --role desk
says '--login is missing'
run 64 "$sunwai" user add --login x
says '--role is missing'
run 64 "$sunwai" user disable
says '--login is missing'
run 64 "$sunwai" user list
says 'sunwai user --data DIR'
run 64 "$sunwai" token
says '--user is missing'
run 64 "$sunwai" web
says 'not by hand'
run 0 "$sunwai" routes
prints $'^GET\t/login\tpublic'
prints $'^POST\t/staff/new\tuser.manage'

# ---- the demonstration
run 0 "$sunwai" demo --data demo
run 1 "$sunwai" demo --data demo
says 'is not empty'
mkdir empty
run 0 "$sunwai" demo --data empty
cp out logins.printed
check "the logins are kept" cmp -s logins.printed empty/demo-logins
check "nobody else reads the logins" test "$(stat -c %a empty/demo-logins)" = 600
check "nobody else reads the key" test "$(stat -c %a empty/key)" = 600
check "a login for each of the 23 people" test "$(grep -cE '^  [a-z0-9.]+ +[a-z2-9]{4}-[a-z2-9]{4}-[a-z2-9]{4} ' logins.printed)" = 23
check "other passwords each time" test "$(awk '$1=="admin"{print $2}' demo/demo-logins)" != "$(awk '$1=="admin"{print $2}' empty/demo-logins)"
mkdir full && touch full/something
run 1 "$sunwai" demo --data full
says 'is not empty'

# ---- init
run 0 "$sunwai" init --data plain
prints 'plain/key'
run 1 "$sunwai" init --data plain
says 'is a data folder already'
run 1 "$sunwai" init --data /proc/nowhere
says 'cannot make /proc/nowhere: No such file or directory'
run 0 "$sunwai" user add --data plain --login ' Root.One' --role admin
prints '^[a-z2-9]{4}-[a-z2-9]{4}-[a-z2-9]{4}$'
check "the code alone is printed" test "$(wc -l <out)" = 1
run 1 "$sunwai" user add --data plain --login root.one --role admin
says 'taken already'
run 0 "$sunwai" user list --data plain
prints $'^root\.one\tadmin\t-\t-\tcode'
run 0 "$sunwai" migrate --data plain
prints 'up to date'

# ---- a folder that others can enter
mkdir -m 755 open && run 0 "$sunwai" init --data open
says 'open was open to other users'
check "it is closed" test "$(stat -c %a open)" = 700
mkdir -m 711 opendemo && run 0 "$sunwai" demo --data opendemo
says 'opendemo was open to other users'
check "that of a demonstration too" test "$(stat -c %a opendemo)" = 700
mkdir -m 1777 shared && run 1 "$sunwai" init --data shared
says 'a folder of its own'
check "and stays as it was" test "$(stat -c %a shared)$(ls shared)" = 1777

# ---- lists of a district's own, into a folder that no server holds
cat >councils.csv <<END
code,tehsil,kind,name_en,name_ur,name_ps,invented
SW-1,PK53201,VC,Odigram,اوڈیگرام,,0
SW-2,PK53201,NC,Saidu,سیدو,,0
END
run 0 "$sunwai" import councils councils.csv --data plain
prints '^2 new, 0 changed, 0 as before, 0 ended\.$'
run 0 "$sunwai" import --data plain councils councils.csv
prints '^0 new, 0 changed, 2 as before, 0 ended\.$'
sed -i -e 's/Saidu/Saidu Sharif/' -e '/SW-1/d' councils.csv
run 0 "$sunwai" import councils councils.csv --data plain --until 2030-12-31
prints '^0 new, 1 changed, 0 as before, 1 ended\.$'
check "the last day is the day before the end" test "$(sqlite3 plain/sunwai.db "select valid_to_day from unit where unit_code = 'SW-1'")" = 20310101
sed -i 's/PK53201/PK532/' councils.csv
run 1 "$sunwai" import councils councils.csv --data plain
says 'Nothing was imported.'
says 'Line 2: there is no tehsil of the code PK532.'
printf 'unit,name,aliases,invented\nSW-2,Aman Kot,امان کوٹ,0\n' >localities.csv
run 0 "$sunwai" import localities localities.csv --data plain
prints '^1 new'
printf 'code,kind,unit,name_en,name_ur,name_ps\nSWAT-WFD,desk,PK532,Desk Swat,,\n' >offices.csv
run 0 "$sunwai" import offices offices.csv --data plain --from 2026-01-01
prints '^1 new'
run 0 "$sunwai" user add --data plain --login desk.swat --role desk --office SWAT-WFD --name 'Desk of Swat'
run 64 "$sunwai" import offices --data plain
says 'localities, offices or sealed'
run 64 "$sunwai" import people offices.csv --data plain
run 64 "$sunwai" import councils councils.csv --data plain --until tomorrow
says '--until takes a day'
run 64 "$sunwai" import councils councils.csv --data plain --from 2026-02-30
printf 'code,tehsils,basis,name_en,name_ur,name_ps,invented\nPK999,PK52601,SO(E) 4/2030,New Town,,,1\n' >districts.csv
run 0 "$sunwai" import districts districts.csv --data plain --from 2030-01-01
prints '^1 new, 0 changed, 0 as before'
run 0 "$sunwai" import districts districts.csv --data plain --from 2030-01-01
prints '^0 new, 0 changed, 1 as before'
run 1 "$sunwai" import districts districts.csv --data plain --from 2031-01-01
says 'another place already'
run 1 "$sunwai" import offices nowhere.csv --data plain
says 'nowhere.csv cannot be read'
head -c 2000000 /dev/zero >large.csv
run 1 "$sunwai" import offices large.csv --data plain
says 'is too large'
run 0 "$sunwai" help import
prints '--until'
run 0 "$sunwai" verify --data plain

# ---- configuration: file, environment, flag
printf 'port = 9001\nthreads = 3\nlisten = ::1\n' >plain/sunwai.ini
run 0 "$sunwai" serve --data plain --check-config
prints '^port +.*9001 .*file'
prints '^listen +.*::1 .*file'
run 0 env SUNWAI_PORT=9002 "$sunwai" serve --data plain --check-config
prints '^port +.*9002 .*environment'
run 0 env SUNWAI_PORT=9002 SUNWAI_METRICS_TOKEN=verysecret "$sunwai" serve --data plain --port 9003 --check-config
prints '^port +.*9003 .*flag'
if grep -q verysecret out; then no "a secret is shown"; else ok; fi
run 78 "$sunwai" serve --data plain --port 70000 --check-config
says 'from 0 to 65535'
run 78 env SUNWAI_HTTPS=perhaps "$sunwai" serve --data plain
says 'yes or no'
printf 'prot = 9001\n' >plain/sunwai.ini
run 78 "$sunwai" serve --data plain
says 'there is no setting prot'
printf 'port 9001\n' >plain/sunwai.ini
run 78 "$sunwai" serve --data plain
says 'line 1'
rm plain/sunwai.ini
run 78 "$sunwai" serve --data plain --config nowhere.ini
says 'nowhere.ini cannot be read'
run 78 "$sunwai" serve --data plain --listen localhost
says 'this must be an address'
run 78 env SUNWAI_LEAVE=weather "$sunwai" serve --data plain --check-config
says 'begins with https'
run 78 "$sunwai" serve --data plain --port 8443 --http-redirect-port 8443 --check-config
says 'must be another than port'
run 0 "$sunwai" serve --data plain --witness nowhere/heads --check-config
prints 'nowhere/heads cannot be written'
run 1 "$sunwai" backup --data plain --out .
says 'is a folder: name a new file in it'

# ---- a server, and commands beside it
# ---- an invented population
check "the demonstration has invented cases" test "$(sqlite3 demo/sunwai.db 'select count(*) from cases')" = 400
run 64 "$sunwai" load --data demo
says '--cases is missing'
run 64 "$sunwai" load --data demo --cases 10
says '--seed is missing'
run 64 "$sunwai" load --data demo --cases many --seed 1
says 'this must be a whole number'
run 0 "$sunwai" load --data demo --cases 250 --seed 5 --days 30
prints '^250 of 250 cases, [0-9]+ a second$'
check "so many more" test "$(sqlite3 demo/sunwai.db 'select count(*) from cases')" = 650
run 0 "$sunwai" verify --data demo
mkdir nobody && run 0 "$sunwai" init --data nobody
run 1 "$sunwai" load --data nobody --cases 5 --seed 1
says 'nobody could take down'
serve one --data demo
run 1 "$sunwai" load --data demo --cases 5 --seed 1
says 'stop it first'
check "healthy" answers
check "health is JSON" test "$(curl -s "${url}healthz" | jq -r .ok)" = true
curl -s "${url}metrics" >metrics
check "metrics from this machine" grep -q "^sunwai_store_commits_total [0-9]" metrics
check "each metric once" test -z "$(grep -v '^#' metrics | cut -d' ' -f1 | sort | uniq -d)"
check "and of the HTTP floor" grep -q "^sunwai_http_requests_total [1-9]" metrics
check "metrics not through a proxy" test "$(curl -s -o /dev/null -w '%{http_code}' -H 'X-Forwarded-For: 1.2.3.4' "${url}metrics")" = 404
check "nor by its other name" test "$(curl -s -o /dev/null -w '%{http_code}' -H 'Forwarded: for=1.2.3.4' "${url}metrics")" = 404
check "nor as this machine" test "$(curl -s -o /dev/null -w '%{http_code}' -H 'X-Forwarded-For: 127.0.0.1' "${url}metrics")" = 404
check "the demonstration says so" test "$(curl -s "${url}login" | grep -c 'class="demo"')" = 1
if grep -q folder_open one.err; then no "a closed folder is warned of"; else ok; fi
run 0 "$sunwai" token --data demo --user desk.nowshera
prints '^[A-Za-z0-9_][A-Za-z0-9_-]{42}$'
token=$(cat out)
check "the token opens the interface" test "$(curl -s -o /dev/null -w '%{http_code}' -H "Authorization: Bearer $token" "${url}api/v1/cases")" = 200
check "another token does not" test "$(curl -s -o /dev/null -w '%{http_code}' -H "Authorization: Bearer x$token" "${url}api/v1/cases")" = 401
run 1 "$sunwai" token --data demo --user nobody.here
says 'no active user'
run 0 "$sunwai" user add --data demo --login new.desk --role desk --district PK526 --office PK526-WFD --name 'Second desk'
run 1 "$sunwai" user add --data demo --login lost.desk --role desk --district PK526 --office PK511-WFD
says 'no office of this code'
run 0 "$sunwai" user list --data demo
prints $'^new\.desk\tdesk\tPK526\tPK526-WFD\tcode\tSecond desk'
run 0 "$sunwai" user code --data demo --login new.desk
run 0 "$sunwai" user add --data demo --login ac.pabbi --role adc --unit PK52602 --name 'Assistant Commissioner, Pabbi'
run 0 "$sunwai" user add --data demo --login far.adc --role adc --unit PK5
run 1 "$sunwai" user add --data demo --login no.where --role adc --unit PK
says 'a tehsil, a district, a division or a province'
run 0 "$sunwai" user list --data demo
prints $'^ac\.pabbi\tadc\tPK526\t-\tcode'
prints $'^far\.adc\tadc\tPK5\t-\tcode'
run 0 "$sunwai" user disable --data demo --login desk.haripur
run 1 "$sunwai" user code --data demo --login desk.haripur
run 0 "$sunwai" user enable --data demo --login desk.haripur
run 1 "$sunwai" user enable --data demo --login desk.haripur
says 'active already'
run 0 "$sunwai" user disable --data demo --login desk.nowshera
check "its token is worth nothing now" test "$(curl -s -o /dev/null -w '%{http_code}' -H "Authorization: Bearer $token" "${url}api/v1/cases")" = 401
run 0 "$sunwai" jobs --data demo
prints '^session\.expire +ok'
run 0 "$sunwai" verify --data demo
prints '^rows [0-9]+'
prints '^head [0-9a-f]{64}'
run 1 "$sunwai" migrate --data demo
says 'stop it first'
run 1 "$sunwai" init --data demo
says 'is a data folder already'
for port in 0 "$(grep -oE '[0-9]+/$' <<<"$url" | tr -d /)"; do
    run 1 timeout 10 "$sunwai" serve --data demo --port "$port"
    says 'is already running'
    says "which answers at $url"
    check "it said so once" test "$(grep -c 'already running' err)" = 1
done
run 1 timeout 10 "$sunwai" serve --data plain --port "$(grep -oE '[0-9]+/$' <<<"$url" | tr -d /)"
says 'is taken by another program'

# ---- restarts and ends
web=$(web_of "$pid")
kill -9 "$web"
gone "$web"
check "answers again after a crash" answers
check "with another process" test "$(web_of "$pid")" != "$web"
web=$(web_of "$pid")
kill -HUP "$pid"
check "nobody is turned away while it starts anew" answers
gone "$web"
check "answers after SIGHUP" answers
check "SIGHUP gave a new process" test "$(web_of "$pid")" != "$web"
run 1 timeout 10 "$sunwai" serve --data demo --port 0
says "which answers at $url"
web=$(web_of "$pid")
{ kill -9 "$pid" && wait "$pid"; } 2>/dev/null # bash would report it
check "the web process dies with its parent" gone "$web"
serve two --data demo
check "a killed server leaves the folder free" answers
from=$(now_ms)
kill -TERM "$pid"
wait "$pid"
check "orderly end is exit 0" test $? = 0
check "within ten seconds" test $(($(now_ms) - from)) -lt 10000
check "the socket of commands is gone" test ! -e demo/control.sock
serve three --data demo
kill -INT "$pid"
wait "$pid"
check "so is Ctrl-C" test $? = 0

# ---- what a server hides, as an ordinary user: the memory that holds the keys, and its numbers from strangers
chmod 711 "$dir"
cp "$sunwai" shown
user=$(id -u) as=()
[ "$user" -ne 0 ] || { user=65534; as=(setpriv --reuid=65534 --regid=65534 --clear-groups); }
mkdir own
[ "$(id -u)" -ne 0 ] || chown 65534 own
mkdir -m 755 own/data
[ "$(id -u)" -ne 0 ] || chown 65534 own/data
run 0 "${as[@]}" "$dir/shown" init --data own/data
chmod 755 own/data
cat >own/serve <<END
#!/bin/sh
exec ${as[*]} $dir/shown "\$@"
END
chmod 755 own/serve
plain=$sunwai
sunwai=$dir/own/serve
serve four --data own/data --metrics-token sesame
sunwai=$plain
web=$(web_of "$pid")
"${as[@]}" sleep 60 &
servers+=("$!")
disown "$!" # its end is no news
sleep 0.1 # until it is that program
check "an ordinary process is its user's" test "$(stat -c %u "/proc/$!/environ")" = "$user"
check "the supervisor shows its memory to none but root" test "$(stat -c %u "/proc/$pid/environ")" = 0
check "the web process shows its memory to none but root" test "$(stat -c %u "/proc/$web/environ")" = 0
check "and leaves no core file" grep -qE '^Max core file size +0 +0 ' "/proc/$web/limits"
check "it warns of a folder that others can enter" grep -q folder_open_to_others four.err
check "the token opens the metrics through a proxy" test "$(curl -s -o /dev/null -w '%{http_code}' -H 'X-Forwarded-For: 1.2.3.4' -H 'Authorization: Bearer sesame' "${url}metrics")" = 200
check "another does not" test "$(curl -s -o /dev/null -w '%{http_code}' -H 'X-Forwarded-For: 1.2.3.4' -H 'Authorization: Bearer sesam' "${url}metrics")" = 404
kill -TERM "$pid"
wait "$pid"

# ---- what a server must refuse, once and in words
run 78 timeout 10 "$sunwai" serve --data nowhere --port 0
says "make it with 'sunwai init --data nowhere'"
mv plain/key key.kept
run 78 timeout 10 "$sunwai" serve --data plain --port 0
says 'no key file'
openssl rand -hex 32 >plain/key
chmod 600 plain/key
run 78 timeout 10 "$sunwai" serve --data plain --port 0
says 'is not the key of this database'
check "it said so once" test "$(grep -c 'not the key' err)" = 1
mv key.kept plain/key
last=$(sqlite3 plain/sunwai.db 'select max(migration_no) from migration')
sqlite3 plain/sunwai.db "insert into migration values (9000, 'from the future', 0)"
run 78 timeout 10 "$sunwai" serve --data plain --port 0
says 'use the newer one'
run 1 "$sunwai" migrate --data plain
sqlite3 plain/sunwai.db 'delete from migration where migration_no = 9000'
sqlite3 plain/sunwai.db "delete from migration where migration_no = $last"
run 78 timeout 10 "$sunwai" serve --data plain --port 0
says "run 'sunwai migrate'"

# ---- the record of who did what
timeout -s TERM 3 "$sunwai" serve --data demo --port 0 --witness "$PWD/heads" >/dev/null 2>&1
run 0 "$sunwai" verify --data demo --witness heads
prints 'heads: 2 lines'
prints '^No change was found\.$'
run 0 "$sunwai" verify --data demo
prints '^No change was found\. Rows cut off'
: >silent
run 1 "$sunwai" verify --data demo --witness silent
says 'it is no witness'
mark=$("$sunwai" verify --data demo | sed -n 's/^write down: //p')
run 0 "$sunwai" verify --data demo --head "$mark"
run 1 "$sunwai" verify --data demo --head '0-12 nothing'
says 'is no head of a record'
run 1 "$sunwai" verify --data demo --witness nowhere
for cut in 'delete from audit where seq_no = (select max(seq_no) from audit)' 'delete from audit'; do
    rm -rf cut && cp -r demo cut
    sqlite3 cut/sunwai.db "$cut"
    run 1 "$sunwai" verify --data cut --witness heads
    says 'heads tells of row'
    run 1 "$sunwai" verify --data cut --head "$mark"
    says 'was cut off'
    says 'changed or damaged'
done
rm -rf cut && cp -r demo cut
"$sunwai" token --data cut --user admin >/dev/null
run 0 "$sunwai" verify --data cut --witness heads
sqlite3 cut/sunwai.db "update cases set words_text = 'All is well' where id = (select max(id) from cases)"
run 1 "$sunwai" verify --data cut
says 'is not as the record says: content'
rm -rf cut
run 0 "$sunwai" verify --data demo
sqlite3 demo/sunwai.db "update audit set event_name = 'account.nothing' where seq_no = 5"
run 1 "$sunwai" verify --data demo
says 'row 5'

# ---- the companions
for companion in worker courier; do
    run 0 "$sunwai-$companion" --version
    prints "^sunwai-$companion [0-9]"
    run 0 "$sunwai-$companion" --help
    run 64 "$sunwai-$companion" --frob
    run 78 "$sunwai-$companion"
    says 'started by sunwai'
done

echo "cli: $passed passed, $failed failed"
[ "$failed" -eq 0 ]
